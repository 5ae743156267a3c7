import { formatDate } from "#lib/editions/format-day.ts";
import type { PaperChangesView } from "#lib/editions/types.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import type { ChangedPart, PaperDetail, PaperVersion } from "#lib/papers/types.ts";
import { compareTexts } from "#lib/papers/versions/compare-texts.ts";
import { outside } from "#lib/platform/routes.ts";

type Asked = { from: number | null; to: number | null; timeZone: string };

/**
 * What changed between two versions of a paper. Where the address does not say which, from the version before the last
 * that is known here to that one.
 */
export function toPaperChangesView(paper: PaperDetail, asked: Asked): PaperChangesView {
  const known = paper.versions.filter(({ text }) => text !== null);
  const numbers = known.map(({ version }) => version);
  const to = inRange(asked.to, paper) ?? numbers.at(-1) ?? paper.version;
  const from = inRange(asked.from, paper) ?? numbers.findLast((version) => version < to) ?? 1;
  const unknown = [...new Set([from, to])].filter((version) => !numbers.includes(version));
  return {
    id: paper.id,
    plainTitle: plainText(paper.title),
    known: known.map((version) => ({ version: version.version, words: wordsFor(version, asked.timeZone) })),
    from,
    to,
    changes: from === to ? null : changesOf(textOf(paper, from), textOf(paper, to)),
    unknown: unknown.map((version) => ({ version, arxivUrl: outside.arxivVersion(paper.id, version) })),
  };
}

function inRange(version: number | null, { versions }: PaperDetail): number | null {
  return version !== null && version >= 1 && version <= versions.length ? version : null;
}

function textOf({ versions }: PaperDetail, number: number): PaperVersion["text"] {
  return versions.find(({ version }) => version === number)?.text ?? null;
}

function wordsFor({ version, submittedAt }: PaperVersion, timeZone: string): string {
  if (!submittedAt) return `Version ${version}`;
  const day = Temporal.Instant.from(submittedAt).toZonedDateTimeISO(timeZone).toPlainDate();
  return `Version ${version}, ${formatDate(day)}`;
}

function changesOf(older: PaperVersion["text"], newer: PaperVersion["text"]): PaperChangesView["changes"] {
  if (!older || !newer) return null;
  const title = compareTexts(older.title, newer.title);
  const abstract = compareTexts(older.abstract, newer.abstract);
  return { title, abstract, summary: summaryOf(title, abstract) };
}

function summaryOf(title: readonly ChangedPart[], abstract: readonly ChangedPart[]): string {
  const [changedTitle, changedAbstract] = [title, abstract].map((parts) => parts.some(({ kind }) => kind !== "kept"));
  if (!changedTitle && !changedAbstract) return "Title and abstract are the same in both.";
  if (!changedTitle) return "The title is the same in both.";
  return changedAbstract ? "Title and abstract changed." : "The abstract is the same in both.";
}
