// A real Chromium, and the reviewer's hands: opening the page, typing, dropping files, waiting.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

import { CHROMIUM, DIST, need, SCREENSHOTS } from "./places.mjs";
import { serve } from "./server.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Starts the host and the browser. */
export async function start() {
  need(join(DIST, "index.html"), "build the page with `cargo wasm`");
  need(CHROMIUM, "install it (`apt-get install -y chromium`) or name another in CHROMIUM");
  const host = await serve(DIST);
  const profile = await mkdtemp(join(tmpdir(), "remold-page-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM, headless: true, args: FLAGS, acceptDownloads: true,
    viewport: { width: 1440, height: 900 },
  });
  await mkdir(SCREENSHOTS, { recursive: true });
  const stop = async () => {
    await context.close();
    host.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { host, context, stop };
}

/** Opens the page in a tab and records what it asks for and what it complains about. */
export async function open({ host, context }) {
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(host.address);
  await page.locator("#version", { hasText: "remold" }).waitFor();
  return { page, requests, complaints };
}

/** What must hold after every test: only own files were asked for, and nothing was complained of. */
export function assertQuiet({ host }, { requests, complaints }) {
  const own = (url) => url.startsWith(host.address) || /^(blob|data):/.test(url);
  assert.deepEqual(requests.filter((url) => !own(url)), [], "requests beyond the page's own files");
  assert.deepEqual(host.asked.filter(({ status, method }) => status !== 200 || method !== "GET"), []);
  assert.deepEqual(complaints, [], "errors or warnings in the console");
}

/** Puts a text in place of what an editor holds, as pasting does. */
export async function write(page, editor, text) {
  const content = page.locator(`#${editor} .cm-content`);
  await content.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/** Drops files, given by name and content, on an element. */
export async function drop(page, target, files) {
  const given = files.map(([name, content]) => [name, [...Buffer.from(content)]]);
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const [name, bytes] of list) made.items.add(new File([new Uint8Array(bytes)], name));
    return made;
  }, given);
  await page.locator(target).dispatchEvent("dragover", { dataTransfer: transfer });
  await page.locator(target).dispatchEvent("drop", { dataTransfer: transfer });
}

/** Waits until something holds; polls from here, because the page's policy forbids polling inside. */
export async function until(what, holds) {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`waited in vain: ${what}`);
}

/** Waits until the page has judged what it holds, or said why not; returns the state and the words. */
export async function judged(page) {
  const element = page.locator("#replayed");
  let state = "";
  await until("the replay's end", async () => {
    state = await element.getAttribute("data-state");
    return ["done", "failed", "off", "none"].includes(state);
  });
  return { state, words: await element.innerText() };
}

/** The bytes that the core returned to the page last. */
export async function raw(page, id) {
  return page.locator(`#${id}`).evaluate((element) => element.textContent);
}

/** Waits for the core's answer to a request that ends in what `holds` of it, and returns its bytes. */
export async function answer(page, id, holds) {
  let last = "";
  await until(`an answer in #${id} with ${holds}`, async () => {
    last = await raw(page, id);
    return last !== "" && holds(JSON.parse(last));
  });
  return last;
}

/** What axe finds wrong, in one line each. */
export async function inaccessible(page) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join("; ")}`);
}
