// remold's core: loaded at once, and asked in a worker of its own.

import coreAddress from "./generated/remold_wasm_bg.wasm?url";
import workerAddress from "./worker.ts?worker&url";
import { compiled, Talk } from "./talking.ts";

export type Call = "lint" | "plan" | "version";

export class Core {
  /** The module; the judge's worker makes an instance of its own from it. */
  readonly module: WebAssembly.Module;
  readonly #talk: Talk;

  private constructor(module: WebAssembly.Module) {
    this.module = module;
    this.#talk = new Talk(workerAddress, { core: module });
  }

  /** Loads the module, once; every worker is started from it. */
  static async load(): Promise<Core> {
    return new Core(await compiled(coreAddress));
  }

  /** Asks the core; rejects if it panicked or was stopped. */
  ask(call: Call, argument = ""): Promise<string> {
    return this.#talk.ask(call, argument);
  }

  /** Ends all that it was asked; the next question is answered anew. */
  stop(reason: string): void {
    this.#talk.stop(reason);
  }
}
