// The modules in Node, as `cargo wasm` made them.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { BINDINGS, need } from "./places.mjs";

/** The functions of a module, begun, and the module itself as `wasm`. */
export async function load(name) {
  const functions = await import(pathToFileURL(need(join(BINDINGS, `${name}.js`), "build the modules with `cargo wasm`")));
  const wasm = new WebAssembly.Module(await readFile(join(BINDINGS, `${name}_bg.wasm`)));
  functions.initSync({ module: wasm });
  return { ...functions, wasm };
}
