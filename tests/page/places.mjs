// Where things lie: the page under test, the modules, the command line, the screenshots.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

export const DIST = fileURLToPath(new URL("wasm/page/dist/", root));
export const BINDINGS = fileURLToPath(new URL("wasm/page/src/generated/", root));
export const COMPILE_OPTIONS = fileURLToPath(new URL("wasm/sqlite/compile_options.txt", root));
export const RULES = fileURLToPath(new URL("tests/rules/", root));
export const SCREENSHOTS = fileURLToPath(new URL("target/screenshots/", root));
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const TEXTS = fileURLToPath(new URL("target/debug/remold-texts", root));
export const REMOLD = process.env.REMOLD_BIN ?? fileURLToPath(new URL("target/debug/remold", root));

/** Fails with what to do, if something that must be built or installed is missing. */
export function need(path, how) {
  if (!existsSync(path)) throw new Error(`${path} is missing: ${how}`);
  return path;
}
