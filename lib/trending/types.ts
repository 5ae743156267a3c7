/** What is counted, each kind by itself. `votes` are those of this site's readers. */
export type SignalKind = "upvotes" | "votes" | "comments" | "stars";

/** A total that a source showed for a paper, at the moment at which it counts. */
export type SignalEvent = {
  source: string;
  kind: Exclude<SignalKind, "votes">;
  value: number;
  at: Temporal.Instant;
};

/** What the score is computed from: nothing else is looked at. */
export type Evidence = {
  id: string;
  signals: readonly SignalEvent[];
  /** When each upvote of this site's readers was cast; those of accounts younger than a day are not among them. */
  votes: readonly Temporal.Instant[];
  /** Names of the sources that list the paper, each once. */
  sources: readonly string[];
};

/** How much a doubling of each signal is worth. */
export type Weights = Record<SignalKind | "sources", number>;

/** How many of a signal are usual in the field, and how that is known: set by the site, measured, or assumed at first. */
export type UsualCount = { count: number; from: "site" | "measured" | "first" };

export type UsualCounts = Record<SignalKind, UsualCount>;
