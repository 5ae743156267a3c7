import { paperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";

/** One paper as arXiv tells of it. */
export const arxiv = (known: Partial<FoundPaper> = {}) =>
  foundPaper({
    id: paperId("2608.00001"),
    source: "arxiv",
    title: "On slow reading",
    abstract: "We read slowly, and say why.",
    authors: ["Ada One", "Bo Two"],
    categories: ["cs.CL"],
    version: 1,
    submittedAt: Temporal.Instant.from("2026-08-18T10:11:12Z"),
    ...known,
  });
/** The same paper as Hugging Face tells of it. */
export const huggingFace = (known: Partial<FoundPaper> = {}) =>
  foundPaper({
    id: paperId("2608.00001"),
    source: "huggingface",
    title: "On Slow Reading",
    abstract: "We read slowly.",
    authors: ["Ada One"],
    submittedAt: Temporal.Instant.from("2026-08-18T00:00:00Z"),
    codeUrl: "https://github.com/ada/slow",
    day: Temporal.PlainDate.from("2026-08-20"),
    signals: [{ kind: "upvotes", value: 5 }],
    fields: { numComments: 2 },
    ...known,
  });
