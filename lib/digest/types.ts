import type { Period } from "#lib/digest/period.ts";
import type { RankedPaper } from "#lib/editions/types.ts";

/** One paper as the digest prints it: plain words, absolute addresses. */
export type DigestPaper = {
  rank: number;
  title: string;
  authors: string;
  abstract: string;
  /** The abstract goes on behind `url`. */
  shortened: boolean;
  /** Why it stands here, in words. */
  reasons: string;
  url: string;
  links: { label: string; href: string }[];
};

/** Which papers of a digest a reader asked for: those of a search, or of some classes; both empty for all. `papers`: at most so many. */
export type Choice = { search: string; classes: readonly string[]; papers: number };

/** What one mail is made of: the first papers of `total`. Without any, `note` says why. */
export type DigestEdition = {
  period: Period;
  papers: RankedPaper[];
  total: number;
  search?: string;
  classes?: readonly string[];
  note?: string;
};

/** What a digest says, the same for every reader. The mail, its text part and the archive page are made of this. */
export type DigestContent = {
  /** The period that it is of: `2026-08-20`, `2026-W34` or `2026-08`. */
  name: string;
  dateLine: string;
  /** How many papers there are, and how many of them here: "20 of 34 papers". */
  extent: string;
  /** What its web page is called: edition, week or month. */
  whole: string;
  /** Why there are no papers; empty where there are. */
  note: string;
  subject: string;
  /** The line that a mailbox shows after the subject. */
  preview: string;
  papers: DigestPaper[];
  /** How many papers of the edition are not in the mail. */
  more: number;
  editionUrl: string;
  archiveUrl: string;
  /** The search whose papers of the edition these are; null for the whole edition. */
  search: { line: string; url: string } | null;
  /** The classes of whose papers it is made, in words; empty for all. */
  classes: string;
};

/** Deliveries of one digest by state. Finished is computed, never declared: no row pending or sending. */
export type DigestProgress = Record<DeliveryState, number> & { finished: boolean };

/** The digest that went out last, to whom it may concern: counts, and none of whom. `title`: of its period, in words. `wentOutAt`: an ISO instant. */
export type LastDigest = DigestProgress & { title: string; wentOutAt: string };

export type DeliveryState = "pending" | "sending" | "sent" | "failed" | "uncertain" | "expired" | "excluded";
