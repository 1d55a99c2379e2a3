// The page's end of a worker: questions go in, answers come back, and after a failure it starts anew.

import type { Answer, Message, Modules } from "./answering.ts";

interface Waiting {
  resolve: (result: string) => void;
  reject: (failure: Error) => void;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): {
    createScriptURL(address: string): string;
  };
}

// The policy of the page admits no script address that did not pass here: only the workers'.
const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("remold", {
  createScriptURL: (address) => address,
});

/** Fetches a file of the page's own. */
export async function bytesOf(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the host answered ${response.status} for ${response.url}`);
  return response.arrayBuffer();
}

/** Fetches a module of the page's own and compiles it. */
export async function compiled(address: string): Promise<WebAssembly.Module> {
  // Not compileStreaming: that wants a MIME type which not every static host sends.
  return WebAssembly.compile(await bytesOf(address));
}

/** A worker and what it was asked; it runs from the first question on. */
export class Talk {
  readonly #address: string;
  readonly #modules: Modules;
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(address: string, modules: Modules) {
    this.#address = address;
    this.#modules = modules;
  }

  /** Asks the worker; rejects if it panicked or was stopped. */
  ask(call: string, argument = ""): Promise<string> {
    const id = ++this.#last;
    this.#worker ??= this.#start();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, call, argument });
    });
  }

  /** Ends the worker with all that it was asked; the next question starts another one. */
  stop(reason: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error(reason));
  }

  #start(): Worker {
    const address = trusted ? trusted.createScriptURL(this.#address) : this.#address;
    const worker = new Worker(address, { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (worker === this.#worker) this.#receive(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.stop(event.message || "the worker could not be started");
    });
    this.#send({ modules: this.#modules });
    return worker;
  }

  #send(message: Message): void {
    this.#worker?.postMessage(message);
  }

  #receive(answer: Answer): void {
    if ("failure" in answer) {
      // What is left of an instance after a panic or a trap is not to be trusted.
      this.stop(answer.failure);
      return;
    }
    this.#waiting.get(answer.id)?.resolve(answer.result);
    this.#waiting.delete(answer.id);
  }
}
