// Files that come from outside: chosen in a dialog, or dropped on the page.

import { byId } from "./dom.ts";

export interface Opened {
  path: string;
  text: string;
}

interface Receivers {
  migrations: (files: Opened[]) => void;
  schema: (file: Opened) => void;
  failed: (message: string) => void;
}

/** No migration that a person wrote is larger. */
const LARGEST = 20 * 1024 * 1024;

export function receiveFiles(to: Receivers): void {
  choose("open-files", (files) => take(files, to, "migrations"));
  choose("open-schema", (files) => take(files, to, "schema"));
  // The panel that would take the files shows it.
  const target = (name: string) => (document.body.dataset["drop"] = name);
  // Captured before the editors see them: those would insert the file's text where it fell.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    target(overSchema(event) ? "schema" : "migrations");
  }, true);
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) target("");
  }, true);
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    target("");
    void take([...(event.dataTransfer?.files ?? [])], to, overSchema(event) ? "schema" : "migrations");
  }, true);
}

function choose(id: string, taken: (files: File[]) => Promise<void>): void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same file again is a change again.
    input.value = "";
    void taken(files);
  });
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function overSchema(event: DragEvent): boolean {
  return event.target instanceof Node && byId("schema").contains(event.target);
}

async function take(files: File[], to: Receivers, as: "migrations" | "schema"): Promise<void> {
  const migrations: Opened[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const opened = await read(file);
    if (typeof opened === "string") refused.push(opened);
    // A snapshot is JSON and a migration never is, wherever it fell.
    else if (as === "schema" || /\.json$/i.test(file.name)) to.schema(opened);
    else migrations.push(opened);
  }
  if (migrations.length > 0) to.migrations(migrations);
  if (refused.length > 0) to.failed(refused.join("; "));
}

/** The text of a file, exactly, or why it can't be taken. */
async function read(file: File): Promise<Opened | string> {
  if (file.size > LARGEST) return `${file.name} is larger than ${LARGEST / 1024 / 1024} MB`;
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return `${file.name} could not be read: is it a folder?`;
  }
  if (new TextDecoder("latin1").decode(bytes.slice(0, 15)) === "SQLite format 3") {
    return `${file.name} is a database; give its schema: \`remold snapshot --db ${file.name}\` prints it`;
  }
  try {
    // A byte order mark stays in the text: the core counts bytes from the file's first one.
    return { path: file.name, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return `${file.name} is not UTF-8 text`;
  }
}
