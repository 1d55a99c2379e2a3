// The replay on SQLite itself: its module is loaded when it is first needed, and works beside the core.

import type { Core } from "./core.ts";
import sqliteAddress from "./generated/remold_sqlite_wasm_bg.wasm?url";
import replayerAddress from "./replayer.ts?worker&url";
import { compiled, Talk } from "./talking.ts";

/** How long a replay may take, in milliseconds: a migration can hold a loop without an end. */
const PATIENCE = 20_000;

const CHANGED = "the text has changed";

/** What a replay ends with: the findings' JSON, or why there is none. */
export type Outcome = { lint: string } | { why: string };

export class Replay {
  readonly #core: Core;
  #talk: Promise<Talk> | undefined;
  #running: Talk | undefined;
  /** Counts the texts, so that one that has changed while SQLite was loaded is not run. */
  #turn = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Replays a request; never rejects. */
  async run(request: string): Promise<Outcome> {
    const turn = this.#turn;
    let talk: Talk;
    try {
      talk = await (this.#talk ??= this.#load());
    } catch (error) {
      // The next text tries again: a connection that was lost may be back.
      this.#talk = undefined;
      return { why: `SQLite could not be loaded: ${(error as Error).message}` };
    }
    if (turn !== this.#turn) return { why: CHANGED };
    this.#running = talk;
    const limit = setTimeout(() => talk.stop(`it took longer than ${PATIENCE / 1000} seconds`), PATIENCE);
    try {
      return { lint: await talk.ask("replay", request) };
    } catch (error) {
      return { why: `SQLite stopped: ${(error as Error).message}` };
    } finally {
      clearTimeout(limit);
      this.#running = undefined;
    }
  }

  /** Ends a replay of a text that is no longer there. */
  stop(): void {
    this.#turn += 1;
    this.#running?.stop(CHANGED);
  }

  async #load(): Promise<Talk> {
    return new Talk(replayerAddress, { core: this.#core.module, sqlite: await compiled(sqliteAddress) });
  }
}
