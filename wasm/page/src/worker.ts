// The core in a worker of its own: long work does not freeze the page, and a panic ends only this.

import { answering } from "./answering.ts";
import { initSync, lint, plan, version } from "./generated/remold_wasm.js";

answering(({ core }) => initSync({ module: core! }), { lint, plan, version });
