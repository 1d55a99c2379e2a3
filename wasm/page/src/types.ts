// The JSON that goes into the core and comes out of it. The core defines it (`core/src/render/json.rs`);
// here stands only what the page reads, and everything that may be missing is marked so.

export interface Request {
  root: string;
  files: { path: string; text: string }[];
  schema?: string;
  sqlite?: string;
  engine?: string;
  foreign_keys?: "on" | "off";
  allow?: string[];
  runner?: string;
  /** How the files are laid out, where that is known. */
  layout?: string;
  /** The paths of the files beside the migrations that are not SQL. */
  beside?: string[];
  /** By which comments that hold until some day are judged: `2027-01-31`. */
  today?: string;
}

export interface Refused {
  error: { message: string };
}

/** A place in a text; lines and columns count from 1, `utf16` as a browser counts characters. */
export interface Position {
  line: number;
  column: number;
  utf16: number;
}

export type Level = "error" | "warning" | "note";

export interface Place {
  path: string;
  start: Position;
  end?: Position;
  /** The page's own word: the text there has changed since, so that this is its place no longer. */
  adrift?: true;
}

export interface Finding extends Place {
  rule: string;
  level: Level;
  message: string;
  reason?: string;
  help?: string;
  sqlite_error?: string;
  related?: (Place & { message: string })[];
}

export interface Lint {
  findings: Finding[];
  summary: { errors: number; warnings: number; notes: number };
  replay?: Replayed;
}

/** What a real SQLite did, beside the findings that came of it. */
export interface Replayed {
  engine: string;
  foreign_keys: string;
  files: number;
  statements: number;
  remarks: { kind: string; path: string; line?: number; message: string }[];
  disagreements: (Place & { about: string; model: string | null; sqlite: string | null })[];
}

/** Where in the files a refusal or a step comes from. */
export interface Source {
  path: string;
  line: number;
}

export interface Refusal {
  kind: string;
  message: string;
  help?: string;
  source?: Source;
  sqlite_error?: string;
}

export interface Hazard {
  id: string;
  message: string;
  allowed: boolean;
}

export interface Step {
  kind: string;
  why: string;
  sql?: string;
  cost?: string;
  undo?: string;
  source?: Source;
}

export interface Plan {
  hash: string;
  status: "ready" | "nothing-to-do" | "refused";
  refusals: Refusal[];
  hazards: Hazard[];
  steps: Step[];
  schema_before: string;
  schema_after: string;
}

/** What `remold rules --format json` prints. */
export interface Rules {
  rules: Rule[];
}

export interface Rule {
  id: string;
  level: Level;
  title: string;
  /** Markdown. */
  page: string;
}
