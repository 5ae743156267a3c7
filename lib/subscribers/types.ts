/** The forms that ask for an address, each with the version of its wording: what a confirmation is proof of. */
export type FormVersion = "front-page-1" | "subscribe-page-1" | "subscribe-page-2" | "search-page-1";

export type Confirmation = { status: "confirmed" | "already-confirmed" | "expired" | "unknown" };

export type Unsubscription = { status: "unsubscribed" | "already-unsubscribed" | "unknown" };
/** How often mail comes: of every edition, of those of Monday to Friday, of a week, of a month. */
export type Rhythm = "daily" | "weekdays" | "weekly" | "monthly";

/** What a subscriber asks for. */
export type Preferences = {
  rhythm: Rhythm;
  /** 0 to 23; null for the site's own mail hour. */
  hour: number | null;
  /** A name of the IANA database; empty for the site's. */
  timeZone: string;
  /** How many papers a mail holds at most, 5 to 50. */
  papers: number;
  /** arXiv classes and archives. Empty: all. */
  classes: string[];
  plainText: boolean;
  /** What comes when there is no paper: nothing, or a line that says why. */
  emptyDay: "skip" | "explain";
};

/** One of the subscriptions of an address. `search`: empty for whole editions. */
export type Subscription = {
  id: string;
  search: string;
  preferences: Preferences;
  /** Nothing comes before that day by the reader's clock. */
  pausedUntil: Temporal.PlainDate | null;
};

/** What was typed into the form, word for word. */
export type TypedPreferences = Record<"rhythm" | "hour" | "zone" | "papers" | "classes" | "plain" | "empty", string>;

/** What is wrong with it, beside its field. */
export type PreferenceProblems = Partial<Record<keyof TypedPreferences, string>>;
