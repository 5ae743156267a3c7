import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { GET } from "#app/api/daily_papers/route.ts";
import { db } from "#lib/platform/db.ts";
import { importFiles } from "#lib/sources/commands.ts";
import { openSite } from "#tests/open-site.ts";

// The first site is this process and its database; the second is `npm run backfill` with a database of its own.
const now = Temporal.Instant.from("2026-08-25T09:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "broadsheet-two-sites-"));
const secondName = `test_${randomBytes(6).toString("hex")}`;
const secondUrl = Object.assign(new URL(inject("templateUrl")), { pathname: `/${secondName}` }).href;
const adminUrl = Object.assign(new URL(inject("templateUrl")), { pathname: "/postgres" }).href;

const app: RequestListener = async (request, response) => {
  const { pathname, href } = new URL(request.url ?? "/", "http://first.example");
  const answer = pathname === "/api/daily_papers" ? await GET(new Request(href)) : new Response(null, { status: 404 });
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
};
const first = await openSite({ app });

const item = (number: number) => ({
  title: `Paper ${number}: on $x^{${number}}$ & more`,
  numComments: number % 4,
  paper: {
    id: `2608.${String(number).padStart(5, "0")}`,
    summary: `We say what we found.\n\nTwice, <b>${number}</b> times.`,
    authors: [{ name: "Ada One" }, { name: "李 二" }],
    publishedAt: "2026-08-18T00:00:00.000Z",
    upvotes: (number * 7) % 90,
    ...(number % 3 === 0 && { githubRepo: `https://github.com/ada/${number}`, githubStars: number }),
  },
});

const backfill = () =>
  promisify(execFile)(process.execPath, ["scripts/backfill.ts", "--from", "2026-08-17", "--to", "2026-08-21"], {
    env: {
      ...process.env,
      DATABASE_URL: secondUrl,
      DATA_DIR: folder,
      BROADSHEET_CONFIG: join(folder, "broadsheet.config.json"),
      HUGGINGFACE_URL: first.origin,
    },
  });

/** What a reader of a site finds in its editions. */
async function editionsOf(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`
    SELECT e.day::text, e.rank, e.upvotes, p.id, p.title, p.abstract, p.authors, p.code_url, p.submitted_at,
      (SELECT value FROM signals s WHERE s.paper_id = p.id AND s.kind = 'stars' ORDER BY s.counts_at DESC LIMIT 1) AS stars
    FROM edition_entries e JOIN papers p ON p.id = e.paper_id ORDER BY e.day, e.rank`);
  await client.end();
  return rows;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  await asAdmin(`CREATE DATABASE ${secondName} TEMPLATE template`);
  writeFileSync(join(folder, "broadsheet.config.json"), JSON.stringify({ name: "The Second Sheet", arxiv: false }));
});

afterAll(async () => {
  await first.close();
  await asAdmin(`DROP DATABASE IF EXISTS ${secondName} WITH (FORCE)`);
  rmSync(folder, { recursive: true });
});

test("another Broadsheet is a source: its editions, more than a page long, are found in ours paper by paper", {
  timeout: 300_000,
}, async () => {
  // 120 papers are two pages of the API; one of them stands on two days.
  const days = {
    "2026-08-18": Array.from({ length: 120 }, (_, index) => item(index + 1)),
    "2026-08-20": [item(7), item(500)],
  };
  const paths = Object.entries(days).map(([day, items]) => {
    const path = join(folder, `${day}.json`);
    writeFileSync(path, JSON.stringify(items));
    return path;
  });
  expect(await importFiles(paths, { now })).toMatchObject({ sources: [{ status: "ok" }], closed: Object.keys(days) });

  const { stdout } = await backfill();
  expect(stdout).toContain("Closed: 2026-08-18, 2026-08-20");
  const ours = await editionsOf(process.env.DATABASE_URL ?? "");
  expect(ours).toHaveLength(122);
  expect(await editionsOf(secondUrl)).toEqual(ours);

  // A second time nothing is new.
  expect((await backfill()).stdout).toMatch(/122 papers, 0 new or changed/);
  expect(await db.edition.count()).toBe(2);
});
