// The list of findings: what, where, why and what to do; each leads to its place in the text.

import { button, byId, el, plural, portions, prose, redraw } from "./dom.ts";
import type { Shown } from "./held.ts";
import type { Finding, Level, Place } from "./types.ts";

export interface Leads {
  /** Shows a place in the migration's text. */
  show: (place: Place) => void;
  /** Shows a rule's page. */
  explain: (rule: string) => void;
}

/** From the worst on. */
export const LEVELS: Level[] = ["error", "warning", "note"];

export function drawFindings(findings: Shown[], leads: Leads): void {
  byId("findings-count").textContent = String(findings.length);
  const body = byId("findings-body");
  if (findings.length === 0) {
    redraw(body, el("p", { class: "quiet" }, "Nothing to say about these files."));
    return;
  }
  const list = portions(el("ol", { class: "findings" }), findings, (finding) => item(finding, leads));
  redraw(body, el("p", { class: "quiet" }, summary(findings)), ...list);
}

export function summary(findings: Finding[]): string {
  const counts = LEVELS.map((name) => ({ name, count: findings.filter(({ level }) => level === name).length }));
  const present = counts.filter(({ count }) => count > 0).map(({ name, count }) => plural(count, name));
  return present.length > 0 ? present.join(", ") : "no findings";
}

function item(finding: Shown, leads: Leads): HTMLElement {
  const { level, rule, message, reason, help, sqlite_error: error, related = [], held } = finding;
  return el(
    "li",
    { class: `finding ${level}`, "aria-busy": String(held === true) },
    el("p", { class: "line" },
      el("span", { class: `level ${level}` }, level),
      held && el("span", { class: "spoken" }, "found by the last replay"),
      button(rule, { class: "link rule", title: "What this rule says" }, () => leads.explain(rule)),
      lead(finding, at(finding), leads)),
    el("p", { class: "message" }, prose(message)),
    reason ? el("p", {}, prose(reason)) : undefined,
    error ? el("p", { class: "sqlite-error" }, "SQLite says: ", el("samp", {}, error)) : undefined,
    help ? el("p", { class: "help" }, el("strong", {}, "Instead: "), prose(help)) : undefined,
    ...related.map((other) => el("p", { class: "related" }, prose(other.message), " ", lead(other, at(other), leads))),
  );
}

/** A button that leads to a place; words, if the place is one no longer. */
export function lead(place: Place, label: string, leads: Leads): HTMLElement {
  if (place.adrift) return el("span", { class: "place quiet" }, `${place.path}, changed since`);
  return button(label, { class: "link place" }, () => leads.show(place));
}

function at({ path, start }: Place): string {
  return `${path}:${start.line}:${start.column}`;
}
