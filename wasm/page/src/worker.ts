// The core in a worker of its own: long work does not freeze the page, and a panic ends only this.

import { explain, initSync, lint, plan, rules, version } from "./generated/remold_wasm.js";

const calls = { lint, plan, explain, rules, version };

export type Call = keyof typeof calls;
export type Message = { module: WebAssembly.Module } | { id: number; call: Call; argument: string };
export type Answer = { id: number; result: string } | { id: number; failure: string };

self.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  if ("module" in data) {
    initSync({ module: data.module });
    return;
  }
  self.postMessage(answer(data.id, data.call, data.argument));
});

function answer(id: number, call: Call, argument: string): Answer {
  try {
    return { id, result: calls[call](argument) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
