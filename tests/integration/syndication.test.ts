import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "#app/api/daily_papers/route.ts";
import { findEdition } from "#lib/editions/queries.ts";
import type { RankedPaper } from "#lib/editions/types.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { fetchBounded } from "#lib/platform/http-client.ts";
import { gatherDays } from "#lib/sources/huggingface/gather-days.ts";
import { recordRun } from "#lib/sources/runs/commands.ts";
import type { Gathering, RunReport } from "#lib/sources/types.ts";
import { printDay } from "#tests/factories.ts";

// This site as the source of another: its own API, on a port of its own.
const server = createServer(async ({ url }, response) => {
  const answer = await GET(new Request(`http://localhost${url}`));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
const day = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

beforeAll(() => new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready)));
afterAll(() => void server.close());

/** What another site would store when it gathers the day from us. */
async function gatherFromUs(): Promise<{ found: FoundPaper[]; report: RunReport }> {
  const { port } = server.address() as AddressInfo;
  const found: FoundPaper[] = [];
  const gathering: Omit<Gathering, "tally"> = {
    now,
    say: () => undefined,
    ask: async (url) => {
      const { status, body } = await fetchBounded(url);
      expect(status).toBe(200);
      const text = Buffer.from(body).toString();
      return { status: "ok", text, validator: { url, etag: null, lastModified: null } };
    },
    store: async (papers) => void found.push(...papers),
    countListings: async () => 0,
    listedElsewhere: async () => new Set(),
    lastAsked: async () => null,
    onDayRead: () => undefined,
  };
  const run = { source: "huggingface", label: "The other site", job: "gather", now } as const;
  const base = `http://127.0.0.1:${port}`;
  const report = await recordRun(run, (tally) =>
    gatherDays([day], { base, conditional: false }, { ...gathering, tally }),
  );
  return { found, report };
}

const known = ({ id, title, abstract, authors, codeUrl, projectUrl, submittedAt }: FoundPaper | RankedPaper) => ({
  id,
  title,
  abstract,
  authors,
  codeUrl,
  projectUrl,
  submittedAt: submittedAt?.toString() ?? null,
});

test("another site that names us as its Hugging Face reads our days: every paper, in our order, with its counts", async () => {
  const papers = Array.from({ length: 130 }, (_, index) => ({
    id: `2608.${String(10_000 + index)}`,
    upvotes: index % 7,
    title: `On $x_{${index}}$ and "quotes" & <tags>`,
  }));
  await printDay(day.toString(), papers, { now: now.toString() });

  const { found, report } = await gatherFromUs();
  const ours = await findEdition(day, { now, perPage: 200 });
  expect(ours.papers).toHaveLength(130);
  expect(found.map(known)).toEqual(ours.papers.map(known));
  expect(found.map(({ signals }) => signals.find(({ kind }) => kind === "upvotes")?.value)).toEqual(
    ours.papers.map(({ upvotes }) => upvotes.sources),
  );
  expect(found.every((paper) => paper.day?.equals(day))).toBe(true);
  expect(report).toMatchObject({ status: "ok", rejected: 0 });
});

test("who asks for one person's papers gets them on the first page, wherever they stand in the day", async () => {
  const { papers } = await findEdition(day, { now, perPage: 200 });
  const last = papers.at(-1)?.id ?? "";
  const fields = { submittedBy: "ada-example" };
  await db.sourceRecord.updateMany({ where: { source: "huggingface", paperId: last }, data: { fields } });
  const ask = async (parameters: string) => {
    const answer = await GET(new Request(`http://localhost/api/daily_papers?date=${day}&${parameters}`));
    return ((await answer.json()) as { paper: { id: string } }[]).map(({ paper }) => paper.id);
  };
  expect(await ask("submitter=ada-example&limit=10")).toEqual([last]);
  expect(await ask("submitter=ada-example&limit=10&p=1")).toEqual([]);
  expect(await ask("submitter=nobody")).toEqual([]);
});
