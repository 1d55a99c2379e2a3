// The rules' pages, in a dialog. They are a file of their own, fetched when the first is opened, and Markdown
// of a few shapes; it becomes elements and text here.

import pagesAddress from "./generated/rules.json?url";
import { button, byId, el, prose } from "./dom.ts";
import { bytesOf } from "./talking.ts";
import type { Rule, Rules } from "./types.ts";

export class RulePages {
  readonly #failed: (message: string) => void;
  readonly #dialog = byId<HTMLDialogElement>("rule-page");
  #fetched: Promise<Rule[]> | undefined;

  constructor(failed: (message: string) => void) {
    this.#failed = failed;
    byId("show-rules").addEventListener("click", () => this.list());
    byId("all-rules").addEventListener("click", () => this.list());
    byId("close-rule").addEventListener("click", () => this.#dialog.close());
  }

  /** Shows the page of a rule. */
  explain(rule: string): void {
    this.#with((rules) => {
      const page = rules.find(({ id }) => id === rule)?.page;
      this.#show(rule, page === undefined ? [el("p", {}, "There is no page for this rule.")] : markdown(page));
    });
  }

  /** Shows all rules. */
  list(): void {
    this.#with((rules) => {
      this.#show("All rules", [el("ul", { class: "rules" }, ...rules.map((rule) => this.#item(rule)))]);
    });
  }

  #item({ id, level, title }: Rule): HTMLElement {
    return el("li", {},
      el("span", { class: `level ${level}` }, level),
      button(id, { class: "link rule" }, () => this.explain(id)),
      el("span", {}, prose(title)));
  }

  /** Does something with the rules, once they are there. What failed is fetched again the next time. */
  #with(then: (rules: Rule[]) => void): void {
    this.#fetched ??= fetched();
    this.#fetched.then(then, (error: Error) => {
      this.#fetched = undefined;
      this.#failed(error.message);
    });
  }

  #show(title: string, content: Node[]): void {
    byId("rule-page-title").textContent = title;
    byId("rule-page-body").replaceChildren(...content);
    byId("all-rules").hidden = title === "All rules";
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
  }
}

async function fetched(): Promise<Rule[]> {
  const { rules } = JSON.parse(new TextDecoder().decode(await bytesOf(pagesAddress))) as Rules;
  return rules;
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
