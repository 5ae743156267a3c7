import { freezeEdition } from "#lib/editions/commands.ts";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { withLock } from "#lib/platform/lock.ts";
import { site } from "#lib/platform/site-config.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import sample from "./sample-editions.json" with { type: "json" };

type SamplePaper = {
  id: string;
  title: string;
  authors: string[];
  submittedAt: string;
  upvotes: number;
  comments: number;
  stars?: number;
  codeUrl?: string;
  projectUrl?: string;
  summary: string;
};
type SampleDay = { day: string; papers: SamplePaper[] };

export type SampleReport = { status: "loaded"; papers: number } | { status: "not-needed" };

/**
 * Prints the bundled sample on a site that has no real paper and whose sources have not answered: true titles, authors and
 * counts, summaries of ours. May be called again at any time, also after being killed half-way.
 */
export async function loadSampleIfEmpty({
  now,
  say = () => undefined,
}: {
  now: Temporal.Instant;
  say?: (line: string) => void;
}): Promise<SampleReport> {
  const loading = await withLock("sample", async (): Promise<SampleReport> => {
    if (!(await isNeeded())) return { status: "not-needed" };
    const days = (sample.days satisfies SampleDay[]).map(({ day, papers }) => ({
      day: Temporal.PlainDate.from(day),
      papers: papers.map((paper: SamplePaper) => toFoundPaper(paper, Temporal.PlainDate.from(day))),
    }));
    const found = days.flatMap(({ papers }) => papers);
    const { stored } = await storePapers(found, { now, closingOf: (day) => closingOf(day, site) });
    for (const { day } of days) await freezeEdition(day, { now, sample: true });
    await recordLoading(now, { found: found.length, stored });
    say(`No source has answered yet: the site shows a sample of ${found.length} papers until one does.`);
    return { status: "loaded", papers: found.length };
  });
  return loading.status === "done" ? loading.value : { status: "not-needed" };
}

/**
 * Takes the sample away once there are real papers: what a source gave too has become real, the rest goes. A paper that
 * somebody has voted for stays, so that no vote is lost.
 */
export async function removeSample(): Promise<void> {
  const ofSample = { where: { source: "sample" } };
  await db.$transaction([
    // No sample was ever mailed.
    db.edition.deleteMany({ where: { sample: true } }),
    db.listing.deleteMany(ofSample),
    db.signal.deleteMany(ofSample),
    db.paper.deleteMany({ where: { sample: true, upvotes: { none: {} } } }),
  ]);
}

async function isNeeded(): Promise<boolean> {
  // The sample is of Hugging Face's field: on a site about another one it would be wrong news.
  if (!site.huggingFace) return false;
  const [real, answered, frozen] = await Promise.all([
    db.paper.findFirst({ where: { sample: false }, select: { id: true } }),
    db.sourceRun.findFirst({ where: { job: "gather", status: { in: ["ok", "not-modified"] } }, select: { id: true } }),
    db.edition.count({ where: { sample: true } }),
  ]);
  return !real && !answered && frozen < sample.days.length;
}

function toFoundPaper(paper: SamplePaper, day: Temporal.PlainDate): FoundPaper {
  const { upvotes, comments, stars } = paper;
  return foundPaper({
    id: paperId(paper.id),
    source: "sample",
    title: paper.title,
    abstract: paper.summary,
    authors: paper.authors,
    submittedAt: Temporal.Instant.from(paper.submittedAt),
    codeUrl: paper.codeUrl ?? null,
    projectUrl: paper.projectUrl ?? null,
    day,
    signals: [
      { kind: "upvotes", value: upvotes },
      { kind: "comments", value: comments },
      ...(stars === undefined ? [] : [{ kind: "stars" as const, value: stars }]),
    ],
  });
}

async function recordLoading(now: Temporal.Instant, counts: { found: number; stored: number }): Promise<void> {
  const at = toDbTime(now);
  const message = "The bundled sample was loaded, since no source had answered.";
  await db.sourceRun.create({
    data: { source: "sample", job: "sample", startedAt: at, finishedAt: at, status: "ok", message, ...counts },
  });
}
