import type { PaperCard } from "#lib/papers/types.ts";

/** A paper as Hugging Face's `/api/papers/ID` has it. What we do not know is left out. */
export type HuggingFacePaper = {
  id: string;
  authors: { name: string; hidden: boolean }[];
  /** ISO 8601 in UTC with milliseconds, as their clients parse it. Null when no source said. */
  publishedAt: string | null;
  title: string;
  summary: string;
  upvotes: number;
  projectPage?: string;
  githubRepo?: string;
  githubStars?: number;
  /** Of ours, and only where it is so: its authors or arXiv have taken the paper back. */
  withdrawn?: true;
};

/** An item of Hugging Face's `/api/daily_papers` and `/api/papers/search`. */
export type HuggingFaceItem = {
  paper: HuggingFacePaper;
  publishedAt: string | null;
  title: string;
  summary: string;
  numComments: number;
};

/** A card as an item of a list. The number of upvotes is that which the site shows: the sources' and ours. */
export function toHuggingFaceItem(card: PaperCard): HuggingFaceItem {
  const paper = toHuggingFacePaper(card);
  const { publishedAt, title, summary } = paper;
  return { paper, publishedAt, title, summary, numComments: card.comments };
}

/** A card as one paper. */
export function toHuggingFacePaper(card: PaperCard): HuggingFacePaper {
  return {
    id: card.id,
    authors: card.authors.map((name) => ({ name, hidden: false })),
    publishedAt: card.submittedAt && Temporal.Instant.from(card.submittedAt).toString({ smallestUnit: "millisecond" }),
    title: card.title,
    summary: card.abstract,
    upvotes: card.upvotes.sources + card.upvotes.ours,
    ...(card.projectUrl ? { projectPage: card.projectUrl } : {}),
    ...(card.codeUrl ? { githubRepo: card.codeUrl } : {}),
    ...(card.codeUrl && card.stars !== null ? { githubStars: card.stars } : {}),
    ...(card.withdrawn ? { withdrawn: true } : {}),
  };
}

/** What Hugging Face's shape has no place for: the papers most like one, and the words by which they were found. */
export function toSimilarFields({ papers, words }: { papers: readonly PaperCard[]; words: readonly string[] }) {
  return papers.length > 0 ? { similar: papers.map(({ id, title }) => ({ id, title })), similarBy: words } : {};
}
