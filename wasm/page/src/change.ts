// The schema before and after the plan, as one text with the lines that go and the lines that come.

import { structuredPatch } from "diff";

import { byId, el, plural, redraw } from "./dom.ts";
import type { Plan } from "./types.ts";

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

export function drawChange({ schema_before: before, schema_after: after }: Plan, whole: boolean): void {
  const context = whole ? Number.MAX_SAFE_INTEGER : CONTEXT;
  const { hunks } = structuredPatch("before", "after", before, after, "", "", { context });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const gone = lines.filter((line) => line.startsWith("-")).length;
  const come = lines.filter((line) => line.startsWith("+")).length;
  byId("change-count").textContent = gone + come > 0 ? `+${come} −${gone}` : "same";
  const parts: Node[] = [];
  if (gone + come === 0) {
    parts.push(el("p", { class: "quiet" }, "The schema stays as it is."));
    if (whole && before !== "") parts.push(block(before.trimEnd().split("\n").map((line) => ` ${line}`)));
  } else {
    parts.push(el("p", { class: "quiet" }, `${plural(come, "line")} added, ${gone} removed.`));
    for (const hunk of hunks) parts.push(block(hunk.lines.filter((line) => !line.startsWith("\\"))));
  }
  redraw(byId("change-body"), ...parts);
}

/** Lines of a diff; what a colour says is said in words to a screen reader, too. */
function block(lines: string[]): HTMLElement {
  return el("pre", { class: "diff", tabindex: "0", "aria-label": "Schema, changed lines marked" }, ...lines.map((line) => {
    const [mark, rest] = [line.slice(0, 1), line.slice(1)];
    if (mark === "+") return el("ins", {}, `+ ${rest}\n`);
    if (mark === "-") return el("del", {}, `- ${rest}\n`);
    return el("span", {}, `  ${rest}\n`);
  }));
}
