// The migration files: one tab each, one editor for all, ordered by path as the core orders them.

import { EditorView } from "@codemirror/view";

import { byId, el, redraw } from "./dom.ts";
import { mark, show, stateOf, textOf } from "./editor.ts";
import { LEVELS } from "./findings.ts";
import { isSame, type Shown } from "./held.ts";
import type { EditorState } from "@codemirror/state";
import type { Place } from "./types.ts";

interface File {
  path: string;
  state: EditorState;
}

export class Files {
  readonly #changed: () => void;
  readonly #explain: (rule: string) => void;
  readonly #view: EditorView;
  #files: File[] = [];
  #active: File;
  #findings: Shown[] = [];

  constructor(changed: () => void, explain: (rule: string) => void) {
    this.#changed = changed;
    this.#explain = explain;
    this.#active = this.#make("migration.sql", "");
    this.#files = [this.#active];
    this.#view = new EditorView({ parent: byId("migration-editor"), state: this.#active.state });
    byId("tabs").addEventListener("keydown", (event) => this.#key(event));
    byId("path").addEventListener("change", () => this.#rename());
    byId("new-file").addEventListener("click", () => this.#add());
    byId("remove-file").addEventListener("click", () => this.#remove());
    this.#draw();
  }

  /** The files as the core takes them; untouched empty ones are left out. */
  contents(): { path: string; text: string }[] {
    this.#keep();
    return this.#files
      .map(({ path, state }) => ({ path, text: textOf(state) }))
      .filter(({ text }) => text.trim() !== "");
  }

  /** Puts files in place of all that were there. */
  replace(files: { path: string; text: string }[]): void {
    const given = files.length > 0 ? files : [{ path: "migration.sql", text: "" }];
    this.#files = given.map(({ path, text }) => this.#make(path, text));
    this.#sort();
    this.#open(this.#files[0]!);
    this.#changed();
  }

  /** Adds files; one of the same path is replaced, an empty untitled one gives way. */
  put(files: { path: string; text: string }[]): void {
    this.#keep();
    const given = new Set(files.map(({ path }) => path));
    this.#files = this.#files.filter(({ path, state }) => state.doc.length > 0 && !given.has(path));
    const added = files.map(({ path, text }) => this.#make(path, text));
    this.#files.push(...added);
    this.#sort();
    this.#open(added[0]!);
    this.#changed();
  }

  /** Marks the findings in the editor and on the tabs. */
  mark(findings: Shown[]): void {
    this.#findings = findings;
    this.#drawFindings();
  }

  /** Opens the file that a place names and shows the place. */
  show(place: Place): void {
    const file = this.#files.find(({ path }) => isSame(path, place.path));
    if (!file) return;
    this.#open(file);
    show(this.#view, place);
  }

  #make(path: string, text: string): File {
    const hint = "ALTER TABLE assets ADD COLUMN …";
    return { path, state: stateOf(text, { label: `Migration ${path}`, hint, changed: this.#changed }) };
  }

  /** The view works on a state of its own; this takes it back. */
  #keep(): void {
    this.#active.state = this.#view.state;
  }

  #open(file: File): void {
    // A file that was just removed is kept for nobody; that does no harm.
    this.#keep();
    this.#active = file;
    this.#view.setState(file.state);
    this.#draw();
  }

  #sort(): void {
    this.#files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  #add(): void {
    let number = this.#files.length + 1;
    const taken = (path: string) => this.#files.some((file) => file.path === path);
    while (taken(`migration_${number}.sql`)) number += 1;
    const file = this.#make(`migration_${number}.sql`, "");
    this.#files.push(file);
    this.#sort();
    this.#open(file);
    byId<HTMLInputElement>("path").select();
  }

  #remove(): void {
    const at = this.#files.indexOf(this.#active);
    this.#files.splice(at, 1);
    if (this.#files.length === 0) this.#files.push(this.#make("migration.sql", ""));
    this.#open(this.#files[Math.min(at, this.#files.length - 1)]!);
    this.#changed();
  }

  #rename(): void {
    const input = byId<HTMLInputElement>("path");
    const path = input.value.trim();
    const taken = this.#files.some((file) => file !== this.#active && file.path === path);
    input.setCustomValidity(path === "" ? "a file needs a path" : taken ? "another file has this path" : "");
    if (!input.reportValidity()) return;
    this.#keep();
    // A new state, so that the editor's label says the new name.
    const renamed = this.#make(path, textOf(this.#active.state));
    this.#files[this.#files.indexOf(this.#active)] = renamed;
    this.#sort();
    this.#open(renamed);
    this.#changed();
  }

  #key(event: KeyboardEvent): void {
    const last = this.#files.length - 1;
    const at = this.#files.indexOf(this.#active);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#open(this.#files[(to + last + 1) % (last + 1)]!);
    byId("tabs").querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }

  #draw(): void {
    const path = byId<HTMLInputElement>("path");
    path.value = this.#active.path;
    path.setCustomValidity("");
    this.#drawFindings();
  }

  #drawFindings(): void {
    redraw(byId("tabs"), ...this.#files.map((file) => this.#tab(file)));
    mark(this.#view, this.#of(this.#active), this.#explain);
  }

  #tab(file: File): HTMLElement {
    const active = file === this.#active;
    const found = this.#of(file);
    const worst = LEVELS.find((level) => found.some((one) => one.level === level));
    const tab = el(
      "button",
      { type: "button", role: "tab", "aria-selected": String(active), tabindex: active ? "0" : "-1", "aria-controls": "file" },
      file.path,
      worst && el("span", { class: `count ${worst}`, title: `${found.length} found, ${worst} at worst` }, String(found.length)),
    );
    tab.addEventListener("click", () => this.#open(file));
    return tab;
  }

  #of(file: File): Shown[] {
    return this.#findings.filter((finding) => isSame(file.path, finding.path));
  }
}
