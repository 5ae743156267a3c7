/** How often mail comes: of every edition, of those of Monday to Friday, of the week on Monday, of the month on the 1st. */
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
