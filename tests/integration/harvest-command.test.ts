import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const source: SourceServer = await startSourceServer({ today, now: () => now, oaiPageSize: 4 });
const recorded = "../shared/data/arxiv/oai";

function start(args: string[], settings: Record<string, string> = source.settings) {
  const env = { ...process.env, ...settings };
  return spawn(process.execPath, ["scripts/harvest.ts", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
}

const paths = () => source.requests.map(({ path }) => path);

beforeEach(async () => {
  source.disarm();
  source.requests.splice(0);
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceProgress.deleteMany();
  await db.sourceHost.deleteMany();
});

afterAll(() => source.close());

test("refused without a word how long, the command waits a minute; killed while it waits, the next goes on there", {
  timeout: 300_000,
}, async () => {
  source.arm({ kind: "new-etag", path: "/oai", times: 2 });
  source.arm({
    kind: "status",
    status: 429,
    body: "Rate exceeded.",
    contentType: "text/plain",
    path: "/oai",
    times: 9,
  });
  const child = start(["--from", "2026-08-01", "--set", "cs"]);
  const pause = async () => ((await db.sourceHost.findFirst())?.notBefore.getTime() ?? 0) - Date.now();
  await expect.poll(pause, { timeout: 120_000 }).toBeGreaterThan(50_000);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(paths()).toHaveLength(3);
  source.disarm();
  source.requests.splice(0);
  await db.sourceHost.deleteMany();
  // The command goes by the machine's clock, and the played arXiv's tokens end in August.
  await db.$executeRaw`UPDATE source_progress SET position = position || '{"expiresAt": null}'`;

  const again = start(["--set", "cs"]);
  const [out] = await Promise.all([text(again.stdout), once(again, "close")]);
  expect(again.exitCode).toBe(0);
  expect(out).toMatch(/^arXiv cs: going on after page 2$/m);
  expect(paths()[0]).toContain("resumptionToken=");
  expect(await db.paper.count()).toBeGreaterThan(10);
  const runs = await db.sourceRun.findMany({ orderBy: { id: "asc" } });
  expect(runs.map(({ job, status }) => `${job} ${status}`)).toEqual(["harvest interrupted", "harvest ok"]);
});

test.each([
  [["--from", "2026-08-32"], "--from must be a day"],
  [["--from", "2026-08-02", "--until", "2026-08-01"], "--from must not be later"],
  [["cs:cs:LG"], "Name sets after --set"],
  [["--set", "cs lg"], "--set must be a set"],
  [["--set", "q-fin"], "The set q-fin was never harvested"],
])("used wrongly (%j) it ends with 2 and one sentence", async (args, sentence) => {
  const child = start(args);
  const [err] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect(child.exitCode).toBe(2);
  expect(err).toContain(sentence);
  expect(err.split("\n")).toHaveLength(2);
  expect(paths()).toEqual([]);
});

test.skipIf(!existsSync(recorded))(
  "the old server's recorded page of a thousand, then its refusal of the token: all of the site's classes are stored",
  { timeout: 300_000 },
  async () => {
    const page = readFileSync(`${recorded}/2016-03-01_ListRecords_arXiv_set-cs_page1_1000.xml`);
    const refusal = readFileSync(`${recorded}/error_badResumptionToken.xml`);
    const last = readFileSync(`${recorded}/2026-09-20_ListRecords_arXiv_physics-plasm-ph_2026-01-05.trimmed.xml`);
    const asked: string[] = [];
    const answers = [page, refusal, page, last];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(200, { "content-type": "text/xml" }).end(answers[asked.length - 1]);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai2`;
    const child = start(["--from", "2007-01-01", "--set", "cs"], { ARXIV_OAI_URL: endpoint });
    const [out] = await Promise.all([text(child.stdout), once(child, "close")]);
    server.close();

    expect(child.exitCode).toBe(0);
    expect(out).toMatch(/^arXiv cs: page 1, 1000 of 102133 records, \d+ papers of this site$/m);
    expect(out).toMatch(/^arXiv cs: page 2, 1003 records/m);
    expect(asked.map((path) => new URL(path, endpoint).searchParams.get("resumptionToken"))).toEqual([
      null,
      "1114880|1001",
      null,
      "1114880|1001",
    ]);
    const stored = await db.paper.findMany();
    const listed = new Set(["cs.AI", "cs.CL", "cs.CV", "cs.LG"]);
    expect(stored.length).toBeGreaterThan(100);
    expect(stored.every(({ categories }) => categories.some((category) => listed.has(category)))).toBe(true);
    expect(await db.listing.count()).toBe(0);
  },
);
