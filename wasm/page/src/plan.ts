// The plan: what stands in its way first, then its steps in order.

import { byId, el, plural, portions, prose, redraw } from "./dom.ts";
import { lead, type Leads } from "./findings.ts";
import type { Hazard, Plan, Refusal, Source, Step } from "./types.ts";

export interface Consent {
  /** The hazards that the reviewer has allowed, by name. */
  allowed: ReadonlySet<string>;
  /** Allows a hazard or takes that back. */
  allow: (id: string, allowed: boolean) => void;
}

const STATUS: Record<string, string> = {
  ready: "Ready",
  "nothing-to-do": "Nothing to do",
  refused: "Refused",
};

const COST: Record<string, string> = {
  none: "no cost",
  metadata: "metadata only",
  scan: "reads all rows",
  rewrite: "rewrites the table",
};

export function drawPlan(plan: Plan, leads: Leads, consent: Consent): void {
  const { refusals, steps, status, hash } = plan;
  byId("plan-status").textContent = (STATUS[status] ?? status).toLowerCase();
  redraw(
    byId("plan-body"),
    el("p", { class: `verdict ${status}` },
      el("strong", {}, STATUS[status] ?? status), ` · ${plural(steps.length, "step")} · `,
      el("span", { class: "hash", title: hash }, hash.length > 26 ? `${hash.slice(0, 26)}…` : hash)),
    ...portions(el("div", {}), refusals, (refusal) => refused(refusal, leads)),
    ...hazards(plan, consent),
    ...portions(el("ol", { class: "steps" }), steps, (step) => stepItem(step, leads)),
  );
}

export function planSummary({ status, steps }: Plan): string {
  return `plan: ${(STATUS[status] ?? status).toLowerCase()}, ${plural(steps.length, "step")}`;
}

function refused({ kind, message, help, source, sqlite_error: error }: Refusal, leads: Leads): HTMLElement {
  return el(
    "div",
    { class: "notice error refusal" },
    el("p", { class: "line" },
      el("span", { class: "level error" }, "refused"), el("span", { class: "kind" }, kind), from(source, leads)),
    el("p", { class: "message" }, prose(message)),
    error ? el("p", { class: "sqlite-error" }, "SQLite says: ", el("samp", {}, error)) : undefined,
    help ? el("p", { class: "help" }, prose(help)) : undefined,
  );
}

/** A checkbox for each hazard that the plan names, or that was allowed before. */
function hazards({ hazards: named }: Plan, consent: Consent): HTMLElement[] {
  const all = new Map<string, Hazard>(named.map((hazard) => [hazard.id, hazard]));
  for (const id of consent.allowed) {
    if (!all.has(id)) all.set(id, { id, message: "allowed, but nothing in this plan needs it", allowed: true });
  }
  if (all.size === 0) return [];
  return [
    el("fieldset", { class: "hazards" },
      el("legend", {}, "Hazards: what may lose data must be allowed by name"),
      ...[...all.values()].map((hazard) => hazardItem(hazard, consent))),
  ];
}

function hazardItem({ id, message }: Hazard, { allowed, allow }: Consent): HTMLElement {
  const box = el("input", { type: "checkbox", "data-key": id });
  box.checked = allowed.has(id);
  box.addEventListener("change", () => allow(id, box.checked));
  return el("label", { class: "check" }, box, el("span", {}, "Allow ", el("code", {}, id), el("br"), prose(message)));
}

function stepItem(step: Step, leads: Leads): HTMLElement {
  const { kind, why, sql, cost, undo, source } = step;
  return el(
    "li",
    { class: `step ${kind}` },
    el("p", { class: "line" },
      el("span", { class: "kind" }, kind),
      cost && cost !== "none" ? el("span", { class: `cost ${cost}` }, COST[cost] ?? cost) : undefined,
      from(source, leads)),
    el("p", { class: "why" }, prose(why)),
    sql ? sqlOf(kind, sql) : undefined,
    undo ? el("details", {}, el("summary", {}, "How to undo it"), el("pre", { class: "sql" }, undo)) : undefined,
  );
}

/** The SQL of a step; what is long and remold's own is folded away. */
function sqlOf(kind: string, sql: string): HTMLElement {
  const shown = el("pre", { class: "sql", tabindex: "0", "aria-label": `SQL of the step ${kind}` }, sql);
  const own = !["run", "rebuild", "skip"].includes(kind);
  return own && sql.length > 120 ? el("details", {}, el("summary", {}, "Its SQL"), shown) : shown;
}

/** A button that leads to the line that something comes from. */
function from(source: Source | undefined, leads: Leads): HTMLElement | undefined {
  if (!source) return undefined;
  const { path, line } = source;
  const [start, end] = [{ line, column: 1, utf16: 1 }, { line, column: Infinity, utf16: Infinity }];
  return lead({ path, start, end }, `${path}:${line}`, leads);
}
