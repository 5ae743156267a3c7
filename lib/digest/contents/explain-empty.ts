import { lastDayOf, type Period, titleOf } from "#lib/digest/period.ts";
import { whyNoListing } from "#lib/sources/arxiv/announcement-date.ts";

type Emptiness = {
  period: Period;
  /** How many papers it has for those who asked for all. */
  whole: number;
  search: string;
  classes: readonly string[];
  /** Whether the site reads arXiv at all. */
  arxiv: boolean;
};

/** Why a digest has no papers for a reader: what is known, and no more. */
export function explainEmpty({ period, whole, search, classes, arxiv }: Emptiness): string {
  if (whole > 0) {
    const some = `${titleOf(period)} has ${whole === 1 ? "one paper" : `${whole.toLocaleString("en")} papers`}`;
    return search
      ? `${some}. The search “${search}” finds none in it.`
      : `${some}, and none in ${classesInWords(classes)}.`;
  }
  const why = arxiv && period.kind === "day" ? whyNoListing(period.day) : null;
  if (why === "weekend") return `arXiv announced nothing on ${titleOf(period)}: it never does on a weekend.`;
  if (why) return `arXiv announced nothing on ${titleOf(period)}: ${why}.`;
  return period.kind === "day"
    ? `No source listed a paper for ${titleOf(period)}.`
    : `No source listed a paper for a day from ${period.day} to ${lastDayOf(period)}.`;
}

/** "cs.CL", "cs.CL or math.CO". */
function classesInWords(classes: readonly string[]): string {
  const last = classes.at(-1) ?? "";
  return classes.length > 1 ? `${classes.slice(0, -1).join(", ")} or ${last}` : last;
}
