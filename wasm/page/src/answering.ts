// A worker's side of the conversation: it takes its modules first, then answers one call at a time.

/** The modules that a worker is started with, compiled; a worker takes those that it needs. */
export type Modules = Record<string, WebAssembly.Module>;
export type Message = { modules: Modules } | { id: number; call: string; argument: string };
export type Answer = { id: number; result: string } | { id: number; failure: string };

type Calls = Record<string, (argument: string) => string>;

/** Answers the page: `begin` makes the instances, each call is one of `calls`. */
export function answering(begin: (modules: Modules) => void, calls: Calls): void {
  self.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if ("modules" in data) begin(data.modules);
    else self.postMessage(answer(calls, data.id, data.call, data.argument));
  });
}

function answer(calls: Calls, id: number, call: string, argument: string): Answer {
  try {
    return { id, result: calls[call]!(argument) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
