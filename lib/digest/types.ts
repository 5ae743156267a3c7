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

/** What a digest says, the same for every reader. The mail, its text part and the archive page are made of this. */
export type DigestContent = {
  /** ISO date of the edition. */
  day: string;
  dateLine: string;
  /** How many papers there are, and how many of them here: "20 of 34 papers". */
  extent: string;
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
};

/** Deliveries of one digest by state. Finished is computed, never declared: no row pending or sending. */
export type DigestProgress = Record<DeliveryState, number> & { finished: boolean };

/** The digest that went out last, to whom it may concern: counts, and none of whom. `wentOutAt`: an ISO instant. */
export type LastDigest = DigestProgress & { day: string; wentOutAt: string };

export type DeliveryState = "pending" | "sending" | "sent" | "failed" | "uncertain" | "expired" | "excluded";
