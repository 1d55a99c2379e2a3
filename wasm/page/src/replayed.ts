// What stands above the findings about the replay: on which SQLite, and what it could not judge.

import { byId, el, plural, prose, redraw } from "./dom.ts";
import { lead, type Leads } from "./findings.ts";
import type { Replayed } from "./types.ts";

/** Where the replay stands; it is `waiting` from a change on until the findings are there. */
export type State = "none" | "waiting" | "off" | "running" | "failed" | "done";

/** More than anyone reads. */
const MOST = 50;

/** The state as `drawReplay` and `drawReplayed` left it. */
export function replayState(): State {
  return byId("replayed").dataset["state"] as State;
}

/** Notes that what is shown is not of the newest text, and leaves it there: it follows in a moment. */
export function awaitReplay(): void {
  byId("replayed").dataset["state"] = "waiting";
}

/** Says where the replay stands. */
export function drawReplay(state: State, words = ""): void {
  show(state, ...(words === "" ? [] : [el("p", { class: state === "failed" ? "notice warning" : "quiet" }, prose(words))]));
}

/** Says that a replay runs, above the remarks on the last one; `held` is whether some of its findings are left. */
export function drawReplaying(last: Replayed | undefined, held: boolean, leads: Leads): void {
  const words = held ? "Replaying on SQLite… What the last replay found is dashed." : "Replaying on SQLite…";
  show("running", el("p", { class: "quiet" }, words), ...(last ? remarksOf(last, leads) : []));
}

/** Says on which SQLite it was replayed, what that could not judge, and where the core foresaw something else. */
export function drawReplayed(replayed: Replayed, leads: Leads): void {
  const { engine, foreign_keys: keys, files, statements } = replayed;
  const run = `${plural(statements, "statement")} of ${plural(files, "file")}`;
  const told = el("p", { class: "quiet" }, `Replayed on SQLite ${engine}: ${run}, foreign keys ${keys}.`);
  show("done", told, ...remarksOf(replayed, leads));
}

function remarksOf({ remarks, disagreements }: Replayed, leads: Leads): HTMLElement[] {
  const notes = [
    ...disagreements.map(({ path, start, adrift, about, model, sqlite }) =>
      note(prose(`${about}: foreseen was ${words(model)}, SQLite has ${words(sqlite)}`), path, adrift ? undefined : start.line, leads)),
    ...remarks.map(({ path, line, message }) => note(prose(message), path, line, leads)),
  ];
  if (notes.length === 0) return [];
  const rest = notes.length > MOST ? [el("li", {}, `and ${notes.length - MOST} more`)] : [];
  const open = byId("replayed").querySelector("details")?.open ? { open: "" } : undefined;
  return [el("details", { class: "remarks", ...open },
    el("summary", {}, `${plural(notes.length, "remark")} on the replay`),
    el("ul", {}, ...notes.slice(0, MOST), ...rest))];
}

function note(text: DocumentFragment, path: string, line: number | undefined, leads: Leads): HTMLElement {
  if (line === undefined) return el("li", {}, text, " ", el("span", { class: "quiet" }, path));
  const [start, end] = [{ line, column: 1, utf16: 1 }, { line, column: Infinity, utf16: Infinity }];
  return el("li", {}, text, " ", lead({ path, start, end }, `${path}:${line}`, leads));
}

function words(text: string | null): string {
  return text === null ? "nothing" : `\`${text}\``;
}

function show(state: State, ...content: HTMLElement[]): void {
  const box = byId("replayed");
  box.dataset["state"] = state;
  redraw(box, ...content);
}
