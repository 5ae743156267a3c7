import type { FoundPaper, PaperId } from "#lib/papers/types.ts";
import { type OaiQuestion, oaiListUrl, oaiNextUrl } from "#lib/sources/arxiv/oai-url.ts";
import { type OaiAnswer, parseOai } from "#lib/sources/arxiv/parse-oai.ts";
import { withBelievableDates } from "#lib/sources/believable.ts";
import { countOf } from "#lib/sources/count-of.ts";
import { isOneBadAnswer } from "#lib/sources/or-doubt.ts";
import { type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

/** How far a harvest has come: all before the token is stored. */
export type HarvestPosition = {
  /** Null before the first page and after the last. */
  token: string | null;
  expiresAt: Temporal.Instant | null;
  /** arXiv's own clock at the first page: from that day the next harvest goes on. */
  begunAt: Temporal.Instant | null;
  pages: number;
  records: number;
};

type OaiPage = { papers: FoundPaper[]; deleted: PaperId[]; position: HarvestPosition };

export type Harvesting = {
  endpoint: string;
  now: Temporal.Instant;
  tally: Tally;
  say: (line: string) => void;
  ask: (url: string) => Promise<string>;
  /** Stores a page and the position after it in one transaction. Gives the number of papers that belong on this site. */
  storePage: (page: OaiPage) => Promise<number>;
};

export const beginning: HarvestPosition = { token: null, expiresAt: null, begunAt: null, pages: 0, records: 0 };

/** A page that is broken is asked for so often: with its token arXiv gives the same page again. */
const ATTEMPTS = 3;
/** A token that arXiv no longer knows means to begin again; tokens that never hold mean to stop. */
const MOST_RESTARTS = 2;

type Records = Extract<OaiAnswer, { status: "records" }>;

/**
 * Reads a list of records from `position` to its end, page by page, each stored before the next is asked for. Throws
 * `UnexpectedAnswer`, `SourcePaused` or `SourceUnreachable` where it cannot go on; what was read until then is stored.
 */
export async function harvestSet(
  question: OaiQuestion,
  position: HarvestPosition,
  harvesting: Harvesting,
): Promise<void> {
  const { say, tally } = harvesting;
  let at = isDead(position, harvesting.now) ? beginning : position;
  for (let restarts = 0; ; ) {
    const answer = await readPage(urlOf(at, question, harvesting), harvesting);
    if (answer.status === "records") {
      at = await storeRecords(answer, { at, question, harvesting });
      if (!at.token) return;
    } else if (answer.code === "badResumptionToken" && at.token && restarts < MOST_RESTARTS) {
      restarts++;
      say("arXiv no longer knows the place where we were: the list is read from its beginning.");
      at = beginning;
    } else if (answer.code === "noRecordsMatch" && !at.token) {
      tally.answers++;
      await harvesting.storePage({ papers: [], deleted: [], position: { ...at, begunAt: harvesting.now } });
      say(`arXiv ${question.set ?? "all sets"}: nothing has changed in that time.`);
      return;
    } else {
      throw new UnexpectedAnswer(`arXiv refused the question: ${answer.code}, ${answer.message.slice(0, 200)}`);
    }
  }
}

function urlOf({ token }: HarvestPosition, question: OaiQuestion, { endpoint }: Harvesting): string {
  return token ? oaiNextUrl(endpoint, token) : oaiListUrl(endpoint, question);
}

/** The new server says when its tokens end. */
function isDead({ token, expiresAt }: HarvestPosition, now: Temporal.Instant): boolean {
  return token !== null && expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0;
}

async function readPage(url: string, { ask, say }: Harvesting): Promise<OaiAnswer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = parseOai(await ask(url));
      if (answer.status === "records") refuseNothing(answer);
      return answer;
    } catch (error) {
      if (!isOneBadAnswer(error) || attempt === ATTEMPTS) throw error;
      say(`${error.message} The page is asked for again.`);
    }
  }
}

/** A list without a record is no answer: where there is nothing, arXiv says noRecordsMatch. */
function refuseNothing({ papers, deleted, rejected }: Records): void {
  if (papers.length + deleted.length + rejected.length > 0) return;
  throw new UnexpectedAnswer("arXiv answered with a list that holds no record.");
}

async function storeRecords(
  answer: Records,
  { at, question, harvesting }: { at: HarvestPosition; question: OaiQuestion; harvesting: Harvesting },
): Promise<HarvestPosition> {
  const { now, tally, say } = harvesting;
  const { papers, rejected } = withBelievableDates(answer, now);
  const records = papers.length + answer.deleted.length + answer.rejected.length;
  tally.rejected.push(...rejected.map(({ where, reason }) => ({ where: `page ${at.pages + 1}, ${where}`, reason })));
  const position: HarvestPosition = {
    token: answer.resumption?.token ?? null,
    expiresAt: answer.resumption?.expiresAt ?? null,
    begunAt: at.begunAt ?? answer.responseDate ?? now,
    pages: at.pages + 1,
    records: at.records + records,
  };
  tally.answers++;
  const kept = await harvesting.storePage({ papers, deleted: answer.deleted, position });
  const total = answer.resumption?.total ? ` of ${answer.resumption.total}` : "";
  const gone = answer.deleted.length > 0 ? `, ${answer.deleted.length} deleted` : "";
  say(
    `arXiv ${question.set ?? "all sets"}: page ${position.pages}, ${position.records}${total} records, ${countOf(kept, "paper")} of this site${gone}`,
  );
  return position;
}
