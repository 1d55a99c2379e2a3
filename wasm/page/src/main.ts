// The page: what the reviewer gave goes to the core as one request, and its answers are drawn.

import { EditorView } from "@codemirror/view";

import { drawChange } from "./change.ts";
import { Core } from "./core.ts";
import { byId, el, prose } from "./dom.ts";
import { stateOf, textOf } from "./editor.ts";
import { MIGRATION, SCHEMA } from "./example.ts";
import { Files } from "./files.ts";
import { drawFindings, summary } from "./findings.ts";
import { Held, type Shown } from "./held.ts";
import { receiveFiles } from "./opening.ts";
import { drawPlan, planSummary } from "./plan.ts";
import { Replay } from "./replay.ts";
import { awaitReplay, drawReplay, drawReplayed, drawReplaying, replayState, type State } from "./replayed.ts";
import { RulePages } from "./rules.ts";
import type { Finding, Lint, Plan, Refused, Request } from "./types.ts";

/** How long after a key the core is asked, in milliseconds. */
const PAUSE = 150;
/** How long after the findings a text is replayed on SQLite, unless it changes meanwhile. */
const REPLAY_PAUSE = 350;
/** How long the core may work before the page offers to stop it. */
const PATIENCE = 4000;

let core: Core | undefined;
let timer: number | undefined;
let asking = false;
let stale = false;
/** The findings that are drawn. */
let shown: Shown[] | undefined;
/** What the last replay found, until the next has answered or none will. */
let held: Held | undefined;
let plan: Plan | undefined;
let replay: Replay | undefined;
let replayTimer: number | undefined;
/** Counts the texts, so that the replay of an older one is not taken for the newest's. */
let turn = 0;
const allowed = new Set<string>();

const pages = new RulePages((message) => trouble("The rules' pages could not be loaded", message));
const leads = { show: (place: Parameters<Files["show"]>[0]) => files.show(place), explain: (rule: string) => pages.explain(rule) };
const files = new Files(changed, leads.explain);
const schema = new EditorView({ parent: byId("schema-editor"), state: schemaState("") });

function schemaState(text: string) {
  return stateOf(text, { label: "Schema of the database", hint: "CREATE TABLE assets (…);", changed });
}

/** Notes that something in the request changed; the core is asked after a short pause. */
function changed(): void {
  stale = true;
  turn += 1;
  clearTimeout(timer);
  clearTimeout(replayTimer);
  replay?.stop();
  awaitReplay();
  timer = window.setTimeout(() => void refresh(), PAUSE);
}

function request(): Request {
  const given = (id: string) => byId<HTMLInputElement | HTMLSelectElement>(id).value.trim();
  const text = textOf(schema.state);
  return {
    root: "migrations",
    today: new Date().toISOString().slice(0, 10),
    files: files.contents(),
    ...(text.trim() !== "" && { schema: text }),
    ...(given("sqlite") && { sqlite: given("sqlite") }),
    ...(given("engine") && { engine: given("engine") }),
    ...(given("foreign-keys") === "on" && { foreign_keys: "on" as const }),
    ...(allowed.size > 0 && { allow: [...allowed].sort() }),
    ...(given("runner") && { runner: given("runner") }),
  };
}

/** Asks for findings and plan, one request at a time; what changed meanwhile is asked for after it. */
async function refresh(): Promise<void> {
  if (!core || asking) return;
  asking = true;
  stale = false;
  const asked = request();
  const busy = working();
  const answers = await ask(core, asked);
  busy.done();
  asking = false;
  if (stale) {
    changed();
  } else if (answers) {
    draw(asked, ...answers);
  }
}

/** Has SQLite judge what was read, if it is switched on and nothing changes for a moment. */
function replaySoon(asked: Request, read: Finding[] | undefined): void {
  if (!read || !replay) drawReplay("none");
  else if (!byId<HTMLInputElement>("replay").checked) drawReplay("off", "Not replayed on SQLite: it is switched off.");
  else {
    drawReplaying(held?.replayed(asked), shown?.some((finding) => finding.held) === true, leads);
    replayTimer = window.setTimeout(() => void replayNow(replay!, asked, read), REPLAY_PAUSE);
  }
}

/** Replays, and draws the findings anew with what SQLite said. */
async function replayNow(replay: Replay, asked: Request, read: Finding[]): Promise<void> {
  const mine = turn;
  const outcome = await replay.run(JSON.stringify(asked));
  if (mine !== turn) return;
  const judged = "why" in outcome ? outcome : (JSON.parse(outcome.lint) as Lint | Refused);
  if ("findings" in judged && judged.replay) {
    byId("lint-json").textContent = "lint" in outcome ? outcome.lint : "";
    held = new Held(asked, read, judged, judged.replay);
    drawShown(judged.findings);
    drawReplayed(judged.replay, leads);
  } else {
    const why = "why" in judged ? judged.why : "error" in judged ? judged.error.message : "SQLite was not asked";
    held = undefined;
    drawShown(read);
    drawReplay("failed", `Not replayed. ${sentence(why)}.`);
  }
  say();
}

/** The core's JSON for a request, `""` for what was not asked; nothing if the core stopped. */
async function ask(core: Core, asked: Request): Promise<[string, string] | undefined> {
  const json = JSON.stringify(asked);
  try {
    return await Promise.all([
      asked.files.length > 0 ? core.ask("lint", json) : "",
      asked.files.length > 0 && asked.schema !== undefined ? core.ask("plan", json) : "",
    ]);
  } catch (error) {
    trouble("The core stopped and was started anew; your text is untouched", (error as Error).message);
    status("The core stopped: there is no result for this text.");
    empty();
    return undefined;
  }
}

/** Shows that the core works, and after a while a way to stop it. */
function working(): { done: () => void } {
  byId("results").setAttribute("aria-busy", "true");
  const stop = byId("stop");
  const offer = window.setTimeout(() => {
    stop.hidden = false;
    status("Still working…");
  }, PATIENCE);
  return {
    done: () => {
      clearTimeout(offer);
      stop.hidden = true;
      byId("results").setAttribute("aria-busy", "false");
    },
  };
}

/** Draws the core's answers and keeps their bytes; SQLite's follow. */
function draw(asked: Request, lintJson: string, planJson: string): void {
  byId("lint-json").textContent = lintJson;
  byId("plan-json").textContent = planJson;
  const linted = parse<Lint>(lintJson);
  const planned = parse<Plan>(planJson);
  const wrong = [linted, planned].flatMap((answer) => (answer && "error" in answer ? [answer.error.message] : []));
  trouble("The request makes no sense", ...new Set(wrong));
  const read = linted && "findings" in linted ? linted.findings : undefined;
  // What makes no sense may be half typed: what is held waits for the rest of it.
  if (asked.files.length === 0 || !byId<HTMLInputElement>("replay").checked) held = undefined;
  if (read) drawShown(held ? held.among(read, asked) : read);
  else noFindings(asked);
  plan = planned && !("error" in planned) ? planned : undefined;
  byId<HTMLButtonElement>("download").disabled = plan === undefined;
  if (plan) {
    drawPlan(plan, leads, { allowed, allow });
    drawChange(plan, byId<HTMLInputElement>("whole").checked);
  } else {
    noPlan(asked);
  }
  replaySoon(asked, read);
  say(wrong.length > 0 ? "No result: see the message above." : "Nothing to review yet.");
}

function drawShown(findings: Shown[]): void {
  shown = findings;
  drawFindings(findings, leads);
  files.mark(findings);
}

/** Sums up what is drawn; without anything, says `otherwise`. */
function say(otherwise = ""): void {
  const words: Partial<Record<State, string>> = {
    running: "replaying on SQLite", done: "replayed on SQLite", failed: "not replayed on SQLite",
  };
  const replayed = words[replayState()];
  const said = [shown && summary(shown), plan && planSummary(plan), shown && replayed].filter((part) => part !== undefined);
  status(said.length > 0 ? `${sentence(said.join("; "))}.` : otherwise);
}

function parse<T>(json: string): T | Refused | undefined {
  return json === "" ? undefined : (JSON.parse(json) as T | Refused);
}

function empty(): void {
  byId("lint-json").textContent = "";
  byId("plan-json").textContent = "";
  plan = undefined;
  byId<HTMLButtonElement>("download").disabled = true;
  drawReplay("none");
  noFindings(request());
  noPlan(request());
}

function noFindings(asked: Request): void {
  shown = undefined;
  byId("findings-count").textContent = "";
  files.mark([]);
  const why = asked.files.length === 0 ? "Paste a migration, drop its file, or start with the example." : "There is no result.";
  byId("findings-body").replaceChildren(el("p", { class: "quiet" }, why));
}

function noPlan(asked: Request): void {
  byId("plan-status").textContent = "";
  byId("change-count").textContent = "";
  const why =
    asked.files.length === 0
      ? "The plan appears with the first migration."
      : asked.schema === undefined
        ? "A plan is made against a schema: paste the one of the database. For a new database, a comment such as `-- empty` will do."
        : "There is no plan.";
  byId("plan-body").replaceChildren(el("p", { class: "quiet" }, prose(why)));
  byId("change-body").replaceChildren(el("p", { class: "quiet" }, "Follows from the plan."));
}

function status(text: string): void {
  byId("status").textContent = text;
}

/** Shows errors in words at the head of the page; with none, takes the last ones away. */
function trouble(title: string, ...messages: string[]): void {
  const shown = messages.map((message) =>
    el("div", { class: "notice error" }, el("p", {}, el("strong", {}, `${title}: `), prose(message))));
  byId("trouble").replaceChildren(...shown);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function allow(id: string, yes: boolean): void {
  if (yes) allowed.add(id);
  else allowed.delete(id);
  changed();
}

function setSchema(text: string): void {
  schema.setState(schemaState(text));
  changed();
}

function clear(): void {
  allowed.clear();
  byId<HTMLInputElement>("replay").checked = true;
  for (const id of ["sqlite", "engine"]) byId<HTMLInputElement>(id).value = "";
  for (const id of ["foreign-keys", "runner"]) byId<HTMLSelectElement>(id).selectedIndex = 0;
  trouble("");
  files.replace([]);
  setSchema("");
}

/** Saves the plan's bytes as they came. */
function download(): void {
  const address = URL.createObjectURL(new Blob([byId("plan-json").textContent ?? ""], { type: "application/json" }));
  el("a", { href: address, download: "plan.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function wire(): void {
  window.addEventListener("error", ({ message }) => trouble("The page failed", message));
  window.addEventListener("unhandledrejection", ({ reason }) => trouble("The page failed", String(reason)));
  receiveFiles({
    migrations: (opened) => files.put(opened),
    schema: ({ text }) => setSchema(text),
    failed: (message) => trouble("Not taken", message),
  });
  for (const id of ["sqlite", "engine", "foreign-keys", "runner", "replay"]) byId(id).addEventListener("input", changed);
  byId("clear").addEventListener("click", clear);
  byId("download").addEventListener("click", download);
  byId("stop").addEventListener("click", () => core?.stop("it was stopped by hand"));
  byId("whole").addEventListener("change", () => plan && drawChange(plan, byId<HTMLInputElement>("whole").checked));
  byId("example").addEventListener("click", () => {
    clear();
    files.replace([MIGRATION]);
    setSchema(SCHEMA);
  });
}

async function start(): Promise<void> {
  wire();
  empty();
  try {
    core = await Core.load();
    replay = new Replay(core);
    byId("version").textContent = `remold ${await core.ask("version")}`;
  } catch (error) {
    trouble("remold could not be loaded", (error as Error).message);
    status("remold could not be loaded.");
    return;
  }
  await refresh();
}

void start();
