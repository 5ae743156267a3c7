import type { Validator } from "#lib/papers/commands.ts";
import type { FoundPaper, PaperId, SourceName } from "#lib/papers/types.ts";

/** Something in an answer that could not be used, and where it stood there. */
export type Rejection = { where: string; reason: string };

/** What a parser made of one answer. Nothing that has an id and a title is missing from `papers`. */
export type ParsedPapers = { papers: FoundPaper[]; rejected: Rejection[] };

/** The answer is not what we asked for. `message` is one sentence for a person. */
export class UnexpectedAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnexpectedAnswer";
  }
}

/** The source asked us to wait, and the wait is longer than this run. */
export class SourcePaused extends Error {
  readonly until: Temporal.Instant;
  constructor(label: string, until: Temporal.Instant) {
    super(`${label} asked us to wait until ${until.toString({ smallestUnit: "minute" })}.`);
    this.name = "SourcePaused";
    this.until = until;
  }
}

/** `validator`: that of this answer, or the one by which it was told to be unchanged. */
export type SourceAnswer =
  | { status: "ok"; text: string; validator: Validator }
  | { status: "not-modified"; validator: Validator };

/** What a run has seen so far. */
export type Tally = {
  requests: number;
  found: number;
  stored: number;
  /** Answers that could be used, and those that were unchanged. */
  answers: number;
  unchanged: number;
  rejected: Rejection[];
  /** How many more could not be used, beyond those that a long reading names. */
  unnamed?: number;
  /** A sentence for each answer that cannot be believed. */
  doubts: string[];
  badInARow: number;
};

/** What a source's own gathering needs of the rest: asking, storing, looking up; none of it knows the source. */
export type Gathering = {
  now: Temporal.Instant;
  tally: Tally;
  say: (line: string) => void;
  ask: (url: string, options: { accept: string; conditional: boolean }) => Promise<SourceAnswer>;
  /** Stores and counts. The validators are saved with the papers. */
  store: (papers: readonly FoundPaper[], validators: readonly Validator[]) => Promise<void>;
  /** How many papers this source has listed on a day. */
  countListings: (day: Temporal.PlainDate) => Promise<number>;
  /** Those that this source has listed on another day. */
  listedElsewhere: (ids: readonly PaperId[], day: Temporal.PlainDate) => Promise<Set<string>>;
  /** When this address was last asked with success. */
  lastAsked: (url: string) => Promise<Temporal.Instant | null>;
  /** Told when all that the source has of a day is stored. */
  onDayRead: (day: Temporal.PlainDate) => void;
};

export type RunStatus = "running" | "ok" | "not-modified" | "suspect" | "failed" | "interrupted";

export type RunReport = {
  source: SourceName;
  status: RunStatus;
  found: number;
  stored: number;
  rejected: number;
  /** One sentence for a person. */
  message: string;
};

/** `busy`: another run of any process is filling or closing days. */
export type GatherReport = { status: "busy" } | { status: "done"; sources: RunReport[]; closed: string[] };

/** The last run of one kind of work on one source. `at`: when it ended, or began while it is at work; an ISO instant. */
export type LastRun = {
  job: "gather" | "backfill" | "import" | "harvest" | "archive";
  source: Exclude<SourceName, "sample">;
  label: string;
  status: RunStatus;
  at: string;
  message: string | null;
};

/** `what`: "Harvest of arXiv's records". `age`: of its end ("3 hours ago"), or for how long it has been at work. */
export type DescribedRun = { what: string; state: string; age: string; message: string };

/** One source as a reader sees it. Times are ISO instants. */
export type SourceStatus = {
  source: Exclude<SourceName, "sample">;
  label: string;
  lastSuccess: string | null;
  lastAttempt: string | null;
  status: RunStatus | null;
  message: string | null;
  nextAttempt: string;
};
