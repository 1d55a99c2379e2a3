// The page's end of the worker: questions go in, answers come back, and after a failure it starts anew.

import wasmAddress from "./generated/remold_wasm_bg.wasm?url";
import workerAddress from "./worker.ts?worker&url";
import type { Answer, Call, Message } from "./worker.ts";

interface Waiting {
  resolve: (result: string) => void;
  reject: (failure: Error) => void;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): {
    createScriptURL(address: string): string;
  };
}

// The policy of the page admits no script address that did not pass here: only the worker's.
const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("remold", {
  createScriptURL: (address) => address,
});

export class Core {
  readonly #module: WebAssembly.Module;
  #worker: Worker;
  #waiting = new Map<number, Waiting>();
  #last = 0;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
    this.#worker = this.#start();
  }

  /** Loads the module, once; every worker is started from it. */
  static async load(): Promise<Core> {
    const response = await fetch(wasmAddress);
    if (!response.ok) throw new Error(`the host answered ${response.status} for ${response.url}`);
    // Not compileStreaming: that wants a MIME type which not every static host sends.
    return new Core(await WebAssembly.compile(await response.arrayBuffer()));
  }

  /** Asks the core; rejects if it panicked or was stopped. */
  ask(call: Call, argument = ""): Promise<string> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, call, argument });
    });
  }

  /** Ends the worker with all that it was asked, and starts another one. */
  restart(reason: string): void {
    this.#worker.terminate();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#worker = this.#start();
    for (const { reject } of waiting) reject(new Error(reason));
  }

  #start(): Worker {
    const address = trusted ? trusted.createScriptURL(workerAddress) : workerAddress;
    this.#worker = new Worker(address, { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.restart(event.message || "the worker could not be started");
    });
    this.#send({ module: this.#module });
    return this.#worker;
  }

  #send(message: Message): void {
    this.#worker.postMessage(message);
  }

  #receive(answer: Answer): void {
    if ("failure" in answer) {
      this.restart(answer.failure);
      return;
    }
    this.#waiting.get(answer.id)?.resolve(answer.result);
    this.#waiting.delete(answer.id);
  }
}
