// What the last replay found: it stays until the next has answered, at its place in the text as it is now.

import { diffArrays } from "diff";

import type { Finding, Lint, Place, Position, Replayed, Request } from "./types.ts";

/** Texts that differ in more lines are two texts, and no longer one that was edited. */
const MOST = 1000;

/** A finding as the page shows it: held is one of the last replay while the next has not answered. */
export type Shown = Finding & { held?: true };

/** How many lines down a place has gone; if its own lines were changed, it is adrift, and near there. */
type Move = { by: number; adrift?: true };

/** Where lines of a file have gone, from the first to the last of a place; nothing if the file has gone. */
type Moves = (path: string, first: number, last: number) => Move | undefined;

export class Held {
  readonly #asked: Request;
  readonly #found: Finding[];
  readonly #replayed: Replayed;

  /** Takes what a replay found beyond what the core had `read` in the same text. */
  constructor(asked: Request, read: Finding[], { findings }: Lint, replayed: Replayed) {
    const known = new Set(read.map((finding) => JSON.stringify(finding)));
    this.#asked = asked;
    this.#found = findings.filter((finding) => !known.has(JSON.stringify(finding)));
    this.#replayed = replayed;
  }

  /** What the core reads in the text of now, with what is held in between, in the order of places. */
  among(read: Finding[], now: Request): Shown[] {
    const moves = between(this.#asked, now);
    const held = this.#found.flatMap((finding) => moved(finding, moves).map((place): Shown => {
      const related = finding.related?.flatMap((other) => moved(other, moves));
      return { ...place, ...(related && { related }), held: true };
    }));
    return [...read, ...held].sort(inOrder);
  }

  /** What the last replay said beside its findings. */
  replayed(now: Request): Replayed {
    const moves = between(this.#asked, now);
    const { remarks, disagreements } = this.#replayed;
    return {
      ...this.#replayed,
      disagreements: disagreements.flatMap((disagreement) => moved(disagreement, moves)),
      remarks: remarks.flatMap(({ line, ...remark }) => {
        const move = moves(remark.path, line ?? 1, line ?? 1);
        if (!move) return [];
        return [line === undefined || move.adrift ? remark : { ...remark, line: line + move.by }];
      }),
    };
  }
}

function moved<P extends Place>(place: P, moves: Moves): P[] {
  const { path, start, end = start } = place;
  const move = moves(path, start.line, end.line);
  if (!move) return [];
  const down = (at: Position): Position => ({ ...at, line: at.line + move.by });
  return [{ ...place, start: down(start), end: down(end), ...(move.adrift && { adrift: true }) }];
}

/** Follows the lines of one request's files into another's. */
function between(before: Request, now: Request): Moves {
  const edits = new Map<string, ReturnType<typeof edit> | undefined>();
  return (path, first, last) => {
    if (!edits.has(path)) {
      const [old, present] = [before, now].map(({ files }) => files.find((file) => isSame(file.path, path))?.text);
      edits.set(path, old === undefined || present === undefined ? undefined : edit(old, present));
    }
    return edits.get(path)?.(first, last);
  };
}

/** Takes two texts for one before and after some edits: the lines that they left alone are where they went. */
function edit(before: string, after: string): (first: number, last: number) => Move {
  const kept: { first: number; last: number; by: number }[] = [];
  let [line, by] = [1, 0];
  const parts = diffArrays(lines(before), lines(after), { maxEditLength: MOST });
  for (const { count, added, removed } of parts ?? []) {
    if (added) by += count;
    else {
      if (removed) by -= count;
      else kept.push({ first: line, last: line + count - 1, by });
      line += count;
    }
  }
  return (first, last) =>
    kept.find((part) => part.first <= first && last <= part.last) ??
    { by: kept.findLast((part) => part.last < first)?.by ?? 0, adrift: true };
}

function lines(text: string): string[] {
  return text.split(/\r\n?|\n/);
}

/** The order in which the core gives its findings. */
function inOrder(one: Finding, other: Finding): number {
  const [mine, theirs] = [one, other].map(({ path, start, end = start, rule }) =>
    [path, start.line, start.column, end.line, end.column, rule]);
  const at = mine!.findIndex((part, index) => part !== theirs![index]);
  return at < 0 ? 0 : mine![at]! < theirs![at]! ? -1 : 1;
}

/** Whether a path of the core's means a file of the page's: the core may put the folder before it. */
export function isSame(ours: string, theirs: string): boolean {
  return theirs === ours || theirs === `migrations/${ours}`;
}
