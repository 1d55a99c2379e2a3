// The judge in a worker of its own: the core says what to run, SQLite runs it, and the core takes what
// it answered. A trap in SQLite or a migration that never ends costs this worker and nothing else.

import { answering } from "./answering.ts";
import { initSync as beginCore, lint_batches, lint_replayed } from "./generated/remold_wasm.js";
import { initSync as beginSqlite, run } from "./generated/remold_sqlite_wasm.js";

answering(
  ({ core, sqlite }) => {
    beginCore({ module: core! });
    beginSqlite({ module: sqlite! });
  },
  { replay: (request) => lint_replayed(request, run(lint_batches(request))) },
);
