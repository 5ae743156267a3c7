import { z } from "zod";
import { oneLine, paragraphs, webLink } from "#lib/papers/clean-text.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper, FoundSignal } from "#lib/papers/types.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { parseTime, parseWrittenDay } from "#lib/sources/source-date.ts";
import { type ParsedPapers, UnexpectedAnswer } from "#lib/sources/types.ts";

const count = z.int().nonnegative().max(2_147_483_647).optional().catch(undefined);
const words = z.string().optional().catch(undefined);
const id = z.string().transform((text, context) => {
  const parsed = parsePaperId(text);
  if (parsed) return parsed.id;
  context.addIssue("this is no arXiv id");
  return z.NEVER;
});

/** An author or nothing: one odd name must not cost us the others. */
const author = z
  .object({ name: z.string() })
  .transform(({ name }) => oneLine(name))
  .catch("");
const organization = z.object({ name: words, fullname: words }).optional().catch(undefined);

// Only id and a title are needed: whatever else is missing or odd must not cost us the paper.
const itemSchema = z.object({
  title: words,
  publishedAt: words,
  numComments: count,
  thumbnail: words,
  mediaUrls: z.array(z.string()).optional().catch(undefined),
  mediaUrl: words,
  submittedBy: z.object({ name: words }).optional().catch(undefined),
  organization,
  submitterOrganization: organization,
  paper: z.object({
    id,
    title: words,
    summary: words,
    authors: z.array(author).catch([]),
    publishedAt: words,
    submittedOnDailyAt: words,
    upvotes: count,
    discussionId: words,
    projectPage: words,
    githubRepo: words,
    githubStars: count,
    ai_summary: words,
    ai_keywords: z.array(z.string()).optional().catch(undefined),
    organization,
  }),
});

type Item = z.infer<typeof itemSchema>;

/**
 * One answer of `/api/daily_papers`. An item that has no id or no title is reported and left out. `day` is the date that
 * was asked for; null (the plain list) takes each item's own. Throws `UnexpectedAnswer` if the answer is no list.
 */
export function parseDailyPapers(json: unknown, { day }: { day: Temporal.PlainDate | null }): ParsedPapers {
  if (!Array.isArray(json))
    throw new UnexpectedAnswer("Hugging Face answered with something that is no list of papers.");
  const parsed: ParsedPapers = { papers: [], rejected: [] };
  for (const [index, item] of json.entries()) {
    const { data, error } = itemSchema.safeParse(item);
    const title = data && titleOf(data);
    if (data && title) parsed.papers.push(toFoundPaper(data, { title, day: day ?? ownDay(data) }));
    else parsed.rejected.push({ where: `item ${index + 1}`, reason: reasonFor(error) });
  }
  return parsed;
}

function toFoundPaper(item: Item, { title, day }: { title: string; day: Temporal.PlainDate | null }): FoundPaper {
  const { paper } = item;
  return foundPaper({
    id: paper.id,
    source: "huggingface",
    title,
    abstract: paragraphs(paper.summary ?? ""),
    // Hidden authors too: `hidden` takes the paper off a person's own profile there (in the recorded days it is most often
    // the first author, once claimed). They are authors of the paper all the same, and arXiv names them.
    authors: paper.authors.filter(Boolean),
    projectUrl: webLink(paper.projectPage),
    codeUrl: webLink(paper.githubRepo),
    submittedAt: parseTime(paper.publishedAt),
    day,
    signals: signalsOf(item),
    fields: fieldsOf(item),
  });
}

/** The item's own title is on one line and keeps its TeX; the paper's may be hard-wrapped and stripped of it. */
function titleOf(item: Item): string {
  return oneLine(item.title ?? "") || oneLine(item.paper.title ?? "");
}

/** The day of the feed. Until April 2026 `publishedAt` was the moment at which the paper was put on it; since then it is not. */
function ownDay({ paper, publishedAt }: Item): Temporal.PlainDate | null {
  const published = parseWrittenDay(publishedAt);
  const isFeedDay = published && Temporal.PlainDate.compare(published, "2026-04-01") < 0;
  return parseWrittenDay(paper.submittedOnDailyAt) ?? (isFeedDay ? published : null);
}

function signalsOf({ paper, numComments }: Item): FoundSignal[] {
  const totals = { upvotes: paper.upvotes, comments: numComments, stars: paper.githubStars };
  return (["upvotes", "comments", "stars"] as const).flatMap((kind) => {
    const value = totals[kind];
    return value === undefined ? [] : [{ kind, value }];
  });
}

/** What Hugging Face says beside that. Of the person who submitted it only the login: names and pictures are their own. */
function fieldsOf(item: Item): Record<string, unknown> {
  const { paper } = item;
  const fields = {
    discussionId: paper.discussionId,
    numComments: item.numComments,
    ai_summary: paper.ai_summary,
    ai_keywords: paper.ai_keywords,
    organization: paper.organization ?? item.organization ?? item.submitterOrganization,
    submittedBy: item.submittedBy?.name,
    thumbnail: webLink(item.thumbnail) ?? undefined,
    mediaUrls: (item.mediaUrls ?? [item.mediaUrl]).flatMap((url) => webLink(url) ?? []),
    publishedAt: item.publishedAt,
    submittedOnDailyAt: paper.submittedOnDailyAt,
  };
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && !isEmptyList(value));
  return Object.fromEntries(known);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function reasonFor(error: z.ZodError | undefined): string {
  const [issue] = error?.issues ?? [];
  if (!issue) return "it has no title";
  return `${issue.path.join(".") || "the item"}: ${issue.message}`.slice(0, 200);
}
