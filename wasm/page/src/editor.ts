// The two editors: CodeMirror with SQLite's syntax, the page's colours and the findings' marks.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { SQLite, sql } from "@codemirror/lang-sql";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { el, prose } from "./dom.ts";
import type { Shown } from "./held.ts";
import type { Place, Position } from "./types.ts";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.typeName, tags.standard(tags.name)], color: "var(--type)" },
]);

/** What an editor needs to know beyond its text. */
interface Setup {
  label: string;
  hint: string;
  changed: () => void;
}

/** An editor's state for a text. The text keeps its line ends, because the core counts bytes. */
export function stateOf(text: string, setup: Setup): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      EditorState.lineSeparator.of(lineEnd(text)),
      EditorView.clipboardInputFilter.of((pasted, state) => pasted.replace(/\r\n?|\n/g, state.lineBreak)),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightSpecialChars(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": setup.label, tabindex: "0" }),
      placeholder(setup.hint),
      sql({ dialect: SQLite }),
      syntaxHighlighting(colours),
      // Tab is left to move on to the next control, for those who have only a keyboard.
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) setup.changed();
      }),
    ],
  });
}

/** Windows' line ends only if the text has no others; where both occur, the odd ones are shown. */
function lineEnd(text: string): string {
  return text.includes("\r\n") && !/(^|[^\r])\n/.test(text) ? "\r\n" : "\n";
}

/** The whole text, with the line ends it came with. */
export function textOf(state: EditorState): string {
  return state.sliceDoc();
}

/** Marks the findings in a view, in place of those that were marked; what has lost its place gets no mark. */
export function mark(view: EditorView, findings: Shown[], explain: (rule: string) => void): void {
  const diagnostics = findings.filter(({ adrift }) => !adrift).map((finding): Diagnostic => {
    const { from, to } = range(view.state.doc, finding);
    return {
      from,
      to,
      severity: finding.level === "note" ? "info" : finding.level,
      source: finding.rule,
      message: finding.message,
      renderMessage: () => el("span", {}, finding.held ? "Last replay: " : "", prose(finding.message)),
      ...(finding.held && { markClass: "held" }),
      actions: [{ name: "Why?", apply: () => explain(finding.rule) }],
    };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** Selects a place, scrolls to it and moves the focus there. */
export function show(view: EditorView, place: Pick<Place, "start" | "end">): void {
  const { from, to } = range(view.state.doc, place);
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: EditorView.scrollIntoView(from, { y: "center" }),
  });
  view.focus();
}

function range(text: Text, { start, end }: Pick<Place, "start" | "end">): { from: number; to: number } {
  const from = offset(text, start);
  return { from, to: Math.max(from, end ? offset(text, end) : from) };
}

function offset(text: Text, position: Position): number {
  const line = text.line(Math.min(Math.max(position.line, 1), text.lines));
  return Math.min(line.from + position.utf16 - 1, line.to);
}
