import { diffArrays } from "diff";
import type { ChangedPart, TextPart } from "#lib/papers/types.ts";
import { typesetText } from "#lib/papers/typeset-text.ts";

/** A word, a blank, a sign, a whole formula or a whole link: what the comparison never cuts. */
type Token = { key: string; part: TextPart };

// Two abstracts of arXiv's greatest length that share no word differ in about 700 tokens. Beyond this the comparison, whose
// work grows with the square of the difference, is given up: one text is removed, the other added.
const MOST_DIFFERENCES = 1500;

const tokens = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu;

/**
 * The older and the newer text word by word, as a reader sees them: typeset, so that what only changed in the typing is no
 * difference, and a formula is one piece. Kept and removed parts in order are the older text, kept and added ones the newer.
 */
export function compareTexts(older: string, newer: string): ChangedPart[] {
  const [before, after] = [tokensOf(older), tokensOf(newer)];
  const changes = diffArrays(before, after, {
    comparator: (left, right) => left.key === right.key,
    maxEditLength: MOST_DIFFERENCES,
  });
  return withoutCrumbs(changes ? changes.map(toRun) : replaced(before, after))
    .filter((run) => run.tokens.length > 0)
    .map(({ kind, tokens: run }) => ({ kind, parts: joined(run) }));
}

type Run = { kind: ChangedPart["kind"]; tokens: Token[] };

function tokensOf(text: string): Token[] {
  return typesetText(text).flatMap((part): Token[] => {
    if (part.kind === "math") return [{ key: `math ${part.display} ${part.tex}`, part }];
    if (part.kind === "link") return [{ key: `link ${part.href} ${part.text}`, part }];
    return Array.from(part.text.matchAll(tokens), ([word]) => ({ key: word, part: { kind: "text", text: word } }));
  });
}

function toRun({ added, removed, value }: { added: boolean; removed: boolean; value: Token[] }): Run {
  return { kind: added ? "added" : removed ? "removed" : "kept", tokens: value };
}

function replaced(before: Token[], after: Token[]): Run[] {
  return [
    { kind: "removed", tokens: before },
    { kind: "added", tokens: after },
  ];
}

/** A blank or a comma kept between two changes only breaks them up: it goes with both. */
function withoutCrumbs(runs: readonly Run[]): Run[] {
  const isInside = (index: number) => index > 0 && index < runs.length - 1;
  const parted = runs.flatMap((run, index) =>
    run.kind === "kept" && isInside(index) && isCrumb(run.tokens) ? replaced(run.tokens, run.tokens) : [run],
  );
  const tidy: Run[] = [];
  let [removed, added]: [Token[], Token[]] = [[], []];
  for (const { kind, tokens: run } of [...parted, { kind: "kept" as const, tokens: [] }]) {
    if (kind === "removed") removed.push(...run);
    else if (kind === "added") added.push(...run);
    else {
      tidy.push(...replaced(removed, added), { kind, tokens: run });
      [removed, added] = [[], []];
    }
  }
  return tidy;
}

function isCrumb(run: readonly Token[]): boolean {
  return run.length <= 2 && run.every(({ part }) => part.kind === "text" && !/[\p{L}\p{N}\n]/u.test(part.text));
}

function joined(run: readonly Token[]): TextPart[] {
  const parts: TextPart[] = [];
  for (const { part } of run) {
    const last = parts.at(-1);
    if (last?.kind === "text" && part.kind === "text") last.text += part.text;
    else parts.push({ ...part });
  }
  return parts;
}
