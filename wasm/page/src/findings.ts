// The list of findings: what, where, why and what to do; each leads to its place in the text.

import { button, byId, el, plural, portions, prose, redraw } from "./dom.ts";
import type { Finding, Lint, Place } from "./types.ts";

export interface Leads {
  /** Shows a place in the migration's text. */
  show: (place: Place) => void;
  /** Shows a rule's page. */
  explain: (rule: string) => void;
}

export function drawFindings(lint: Lint, leads: Leads): void {
  const { findings } = lint;
  byId("findings-count").textContent = String(findings.length);
  const body = byId("findings-body");
  if (findings.length === 0) {
    redraw(body, el("p", { class: "quiet" }, "Nothing to say about these files."));
    return;
  }
  const list = portions(el("ol", { class: "findings" }), findings, (finding) => item(finding, leads));
  redraw(body, el("p", { class: "quiet" }, summary(lint)), ...list);
}

export function summary({ summary: { errors, warnings, notes } }: Lint): string {
  const counts: [number, string][] = [[errors, "error"], [warnings, "warning"], [notes, "note"]];
  const present = counts.filter(([count]) => count > 0).map(([count, name]) => plural(count, name));
  return present.length > 0 ? present.join(", ") : "no findings";
}

function item(finding: Finding, leads: Leads): HTMLElement {
  const { level, rule, message, reason, help, sqlite_error: error, related = [] } = finding;
  return el(
    "li",
    { class: `finding ${level}` },
    el("p", { class: "line" },
      el("span", { class: `level ${level}` }, level),
      button(rule, { class: "link rule", title: "What this rule says" }, () => leads.explain(rule)),
      lead(finding, at(finding), leads)),
    el("p", { class: "message" }, prose(message)),
    reason ? el("p", {}, prose(reason)) : undefined,
    error ? el("p", { class: "sqlite-error" }, "SQLite says: ", el("samp", {}, error)) : undefined,
    help ? el("p", { class: "help" }, el("strong", {}, "Instead: "), prose(help)) : undefined,
    ...related.map((other) => el("p", { class: "related" }, prose(other.message), " ", lead(other, at(other), leads))),
  );
}

/** A button that leads to a place. */
export function lead(place: Place, label: string, leads: Leads): HTMLElement {
  return button(label, { class: "link place" }, () => leads.show(place));
}

function at({ path, start }: Place): string {
  return `${path}:${start.line}:${start.column}`;
}
