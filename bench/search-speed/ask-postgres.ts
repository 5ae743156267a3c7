import pg from "pg";
import type { Timing } from "./ask.ts";
import { type Line, recombine } from "./recombine.ts";

/** The server's processor time is not ours to see. `ended`: questions that it was not given the time to answer. */
export type ServerTiming = Omit<Timing, "work"> & { ended: number };

// A question that takes longer is ended, and counts as this long: some take minutes on a busy machine.
const longestMs = 10_000;

// A hundred questions of six words take it a quarter of an hour.
const mostAsked = 30;

/**
 * The same questions by Postgres' own search at `size` papers: a GIN index over title and abstract, all the words first, then
 * any of them, ordered by ts_rank_cd, twenty papers and no facets.
 */
export async function askPostgres(
  lines: readonly Line[],
  size: number,
  { url, questions }: { url: string; questions: Record<string, string[]> },
): Promise<Record<string, ServerTiming>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await fill(client, lines, size);
    await client.query(`SET statement_timeout = ${longestMs}`);
    const timings: Record<string, ServerTiming> = {};
    for (const [name, asked] of Object.entries(questions)) {
      const times: number[] = [];
      for (const question of asked.slice(0, mostAsked)) times.push(await timeOf(client, question));
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
      const ended = times.filter((time) => time === longestMs).length;
      timings[name] = { p50: at(0.5), p95: at(0.95), worst: times.at(-1) ?? 0, ended };
    }
    return timings;
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, lines: readonly Line[], size: number): Promise<void> {
  await client.query("CREATE TABLE searched (number int, title text, abstract text, words tsvector)");
  let batch: { number: number; title: string; abstract: string }[] = [];
  const store = async () => {
    await client.query(
      `INSERT INTO searched SELECT number, title, abstract,
         setweight(to_tsvector('english', title), 'A') || to_tsvector('english', abstract)
       FROM json_to_recordset($1) AS r(number int, title text, abstract text)`,
      [JSON.stringify(batch)],
    );
    batch = [];
  };
  for (const { seq, title, abstract } of recombine(lines, size)) {
    if (batch.push({ number: seq, title, abstract }) === 2000) await store();
  }
  await store();
  await client.query("CREATE INDEX ON searched USING gin (words)");
  await client.query("VACUUM ANALYZE searched");
}

async function timeOf(client: pg.Client, question: string): Promise<number> {
  const began = performance.now();
  try {
    await ask(client, question);
  } catch (error) {
    // 57014: query_canceled, https://www.postgresql.org/docs/18/errcodes-appendix.html
    if ((error as { code?: string }).code !== "57014") throw error;
    return longestMs;
  }
  return Math.min(longestMs, performance.now() - began);
}

async function ask(client: pg.Client, question: string): Promise<void> {
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  const found = await search(client, words.join(" & "));
  if (found < 20 && words.length > 1) await search(client, words.join(" | "));
}

async function search(client: pg.Client, query: string): Promise<number> {
  const { rowCount } = await client.query(
    `SELECT number FROM searched, to_tsquery('english', $1) AS q WHERE words @@ q
     ORDER BY ts_rank_cd(words, q) DESC LIMIT 20`,
    [query],
  );
  return rowCount ?? 0;
}
