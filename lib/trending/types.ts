/** A total that a source showed for a paper, at the moment at which it counts. */
export type SignalEvent = {
  source: string;
  kind: "upvotes" | "comments" | "stars";
  value: number;
  at: Temporal.Instant;
};

/** What the score is computed from: nothing else is looked at. */
export type Evidence = {
  id: string;
  signals: readonly SignalEvent[];
  /** When each upvote of this site's readers was cast. */
  votes: readonly Temporal.Instant[];
  /** How many sources list the paper. */
  sources: number;
};

/** How much a doubling of each signal is worth. */
export type Weights = Record<"upvotes" | "votes" | "comments" | "stars" | "sources", number>;
