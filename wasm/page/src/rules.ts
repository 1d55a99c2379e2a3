// The rules' pages, in a dialog. They are Markdown of a few shapes; it becomes elements and text here.

import type { Core } from "./core.ts";
import { button, byId, el, prose } from "./dom.ts";
import type { RuleSummary } from "./types.ts";

export class RulePages {
  readonly #core: () => Core | undefined;
  readonly #failed: (message: string) => void;
  readonly #dialog = byId<HTMLDialogElement>("rule-page");

  constructor(core: () => Core | undefined, failed: (message: string) => void) {
    this.#core = core;
    this.#failed = failed;
    byId("show-rules").addEventListener("click", () => this.list());
    byId("all-rules").addEventListener("click", () => this.list());
    byId("close-rule").addEventListener("click", () => this.#dialog.close());
  }

  /** Shows the page of a rule. */
  explain(rule: string): void {
    this.#ask("explain", rule, (page) => {
      const shown = page === "" ? [el("p", {}, "There is no page for this rule.")] : markdown(page);
      this.#show(rule, shown);
    });
  }

  /** Shows all rules. */
  list(): void {
    this.#ask("rules", "", (json) => {
      const { rules } = JSON.parse(json) as { rules: RuleSummary[] };
      this.#show("All rules", [el("ul", { class: "rules" }, ...rules.map((rule) => this.#item(rule)))]);
    });
  }

  #item({ id, level, title }: RuleSummary): HTMLElement {
    return el("li", {},
      el("span", { class: `level ${level}` }, level),
      button(id, { class: "link rule" }, () => this.explain(id)),
      el("span", {}, prose(title)));
  }

  #ask(call: "explain" | "rules", argument: string, then: (answer: string) => void): void {
    this.#core()?.ask(call, argument).then(then, (error: Error) => this.#failed(error.message));
  }

  #show(title: string, content: Node[]): void {
    byId("rule-page-title").textContent = title;
    byId("rule-page-body").replaceChildren(...content);
    byId("all-rules").hidden = title === "All rules";
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
  }
}

/** Headings, fenced code, lists and paragraphs: what the rules' pages use. */
export function markdown(text: string): Node[] {
  const made: Node[] = [];
  // A fenced block may hold empty lines, so blocks are found by shape and not by splitting at them.
  const blocks = text.matchAll(/^```[^\n]*\n([\s\S]*?)^```[ \t]*$|^(#{1,6}) (.*)$|^((?:[-*] .*(?:\n {2}.*)*\n?)+)|^((?:(?!```|#{1,6} |[-*] ).+\n?)+)/gm);
  for (const [, code, hashes, heading, list, paragraph] of blocks) {
    if (code !== undefined) made.push(el("pre", { class: "sql", tabindex: "0" }, code.trimEnd()));
    else if (hashes && heading) made.push(el(hashes.length === 1 ? "h3" : "h4", {}, prose(heading)));
    else if (list) made.push(el("ul", {}, ...items(list).map((item) => el("li", {}, inline(item)))));
    else if (paragraph) made.push(el("p", {}, inline(paragraph.replaceAll("\n", " ").trim())));
  }
  return made;
}

function items(list: string): string[] {
  return list.split(/^[-*] /m).map((item) => item.replace(/\s+/g, " ").trim()).filter((item) => item !== "");
}

/** Code and bold; a link's address stands as text, because this page leads nowhere else. */
function inline(text: string): DocumentFragment {
  const made = document.createDocumentFragment();
  const plain = text.replace(/\[([^\]]+)\]\(([^)]+)\)/g, "$1 ($2)").replace(/<(https?:[^>]+)>/g, "$1");
  plain.split(/(\*\*[^*]+\*\*)/).forEach((part) => {
    const bold = part.length > 4 && part.startsWith("**") && part.endsWith("**");
    made.append(bold ? el("strong", {}, prose(part.slice(2, -2))) : prose(part));
  });
  return made;
}
