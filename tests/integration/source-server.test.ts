import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterEach, expect, test } from "vitest";
import { fetchBounded } from "#lib/platform/http-client.ts";
import { decodeText } from "#lib/platform/text-encoding.ts";
import type { ArmedFault } from "#tests/fakes/faults.ts";
import { type SourceServer, type SourceServerOptions, startSourceServer } from "#tests/fakes/source-server.ts";

const tuesday = Temporal.PlainDate.from("2026-11-24");
const recorded = "../shared/data";
const withoutRecordings = !existsSync(`${recorded}/hf/daily_papers`);
if (withoutRecordings) process.stderr.write(`Tests of recorded days are skipped: there is no ${recorded}.\n`);

let server: SourceServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function play(options: SourceServerOptions = {}): Promise<SourceServer> {
  server = await startSourceServer({ today: tuesday, ...options });
  return server;
}

async function read(path: string, headers: Record<string, string> = {}) {
  const answer = await fetchBounded(`${server?.url}${path}`, { headers, totalMs: 15_000 });
  const text = decodeText(answer.body, answer.headers.get("content-type"));
  return { status: answer.status, headers: answer.headers, text };
}

type Item = { paper: { id: string; upvotes: number; title: string }; title: string };

async function readDay(query: string): Promise<Item[]> {
  const { status, text } = await read(`/api/daily_papers?${query}`);
  expect(status).toBe(200);
  return JSON.parse(text);
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => ["entry", "item", "author"].includes(name) });

async function readXml(path: string) {
  const { status, text } = await read(path);
  expect(XMLValidator.validate(text)).toBe(true);
  return { status, document: parser.parse(text) };
}

const readFeed = async (query: string) => {
  const { status, document } = await readXml(`/api/query?${query}`);
  const entries: { id: string; title: string; published: string }[] = document.feed.entry ?? [];
  return { status, entries, total: Number(document.feed["opensearch:totalResults"]) };
};

test("a day's papers come by upvotes; the days around it are full, weekends are empty, bad dates are refused", async () => {
  await play();
  const counts = [];
  for (let back = 0; back < 10; back++) {
    const items = await readDay(`date=${tuesday.subtract({ days: back })}`);
    expect(items).toEqual(items.toSorted((a, b) => b.paper.upvotes - a.paper.upvotes));
    counts.push(items.length);
  }
  expect(counts).toEqual([11, 8, 0, 0, 6, 5, 4, 3, 0, 0]);
  for (const date of ["2026-02-30", "tomorrow", "2026-11-24T00:00:00Z"]) {
    expect((await read(`/api/daily_papers?date=${date}`)).status).toBe(400);
  }
});

test("weeks, months and pages hold the same papers as their days", async () => {
  await play();
  expect(await readDay("week=2026-W48")).toHaveLength(19);
  expect(await readDay("month=2026-11")).toHaveLength(37);
  expect(await readDay("month=2026-10")).toHaveLength(0);
  const pages = [await readDay("p=0&limit=30"), await readDay("p=1&limit=30"), await readDay("p=2&limit=30")];
  expect(pages.map((page) => page.length)).toEqual([30, 7, 0]);
  expect(pages.flat()).toEqual(await readDay("limit=100"));
});

test("one paper by its id, or 404", async () => {
  await play();
  const [first] = await readDay("date=2026-11-24");
  const { text } = await read(`/api/papers/${first?.paper.id}`);
  expect(JSON.parse(text)).toMatchObject({ id: first?.paper.id, upvotes: 148, linkedModels: [] });
  expect((await read("/api/papers/2611.00001")).status).toBe(404);
});

test("an unchanged answer is a 304, strong tag or weak; a changed one is sent", async () => {
  const { setUpvotes } = await play();
  for (const path of ["/api/daily_papers?date=2026-11-24", "/rss/cs.LG+cs.CL"]) {
    const etag = (await read(path)).headers.get("etag") ?? "";
    const again = await read(path, { "if-none-match": etag });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
  }
  const day = "/api/daily_papers?date=2026-11-24";
  const before = (await read(day)).headers.get("etag") ?? "";
  setUpvotes("2611.90001", 200);
  const after = await read(day, { "if-none-match": before });
  expect([after.status, JSON.parse(after.text)[0].paper.upvotes]).toEqual([200, 200]);
});

test("Hugging Face says what is left of its rate, as documented", async () => {
  await play({ now: () => Temporal.Instant.from("2026-11-24T10:01:00Z") });
  await read("/api/daily_papers");
  const { headers } = await read("/api/daily_papers");
  expect(headers.get("ratelimit")).toBe('"api";r=498;t=240');
  expect(headers.get("ratelimit-policy")).toBe('"fixed window";"api";q=500;w=300');
});

test("arXiv answers classes, ranges of submission, ids and pages, with an honest total", async () => {
  await play();
  const range = "submittedDate:[202611230000+TO+202611232359]";
  const found = await readFeed(`search_query=(cat:cs.CL+OR+cat:cs.CV)+AND+${range}&max_results=100`);
  expect(found.total).toBe(found.entries.length);
  expect(found.entries.length).toBeGreaterThan(3);
  for (const { published } of found.entries) expect(published).toMatch(/^2026-11-23T/);

  const page = await readFeed(`search_query=cat:cs.*&start=5&max_results=4&sortBy=submittedDate&sortOrder=ascending`);
  const all = await readFeed(`search_query=cat:cs.*&max_results=100&sortBy=submittedDate&sortOrder=ascending`);
  expect(page.entries).toEqual(all.entries.slice(5, 9));
  expect(page.total).toBe(all.entries.length);

  const ids = await readFeed("id_list=2611.90001,hep-th/9901999v2,2611.00001,2611.90002v7");
  expect(ids.entries.map(({ id }) => id.replace(/^.*abs\//, "")).sort()).toEqual(["2611.90001v1", "hep-th/9901999v2"]);
  expect((await readFeed('search_query=ti:"whale+song"+ANDNOT+au:nobody')).total).toBe(1);
});

test.each([
  ["id_list=abc", "incorrect id format for abc"],
  ["search_query=cat:cs.LG&max_results=5000", "max_results must be between 0 and 2000"],
  ["search_query=(cat:cs.LG", "a parenthesis is not closed"],
  ["search_query=submittedDate:[yesterday+TO+today]", "submittedDate needs"],
  ["search_query=cat:cs.LG&sortBy=luck", "sortBy must be in"],
])("arXiv answers %s with 400 and one entry that is an error", async (query, message) => {
  await play();
  const { status, document } = await readXml(`/api/query?${query}`);
  expect([status, document.feed["opensearch:totalResults"]]).toEqual([400, "1"]);
  expect(document.feed.entry[0]).toMatchObject({ title: "Error", summary: expect.stringContaining(message) });
  expect(document.feed.entry[0].id).toMatch(/^https:\/\/arxiv\.org\/api\/errors#/);
});

test("the daily feed lists new papers, crosses and replacements; on a weekend it has no item", async () => {
  await play();
  const { document } = await readXml("/rss/cs.LG+stat");
  const types = document.rss.channel.item.map((item: Record<string, string>) => item["arxiv:announce_type"]);
  expect(new Set(types)).toEqual(new Set(["new", "cross", "replace-cross"]));
  const same = (await readXml("/atom/cs.LG+stat")).document.feed.entry;
  expect(same.map((entry: Record<string, string>) => [entry.id, entry.summary])).toEqual(
    document.rss.channel.item.map((item: Record<string, { "#text": string }>) => [item.guid, item.description]),
  );
  expect((await readXml("/rss/cs.KLINGON+opera")).status).toBe(400);
  expect((await readXml("/atom/cs.KLINGON+opera")).status).toBe(400);
  await server?.close();
  await play({ today: Temporal.PlainDate.from("2026-11-22") });
  expect((await readXml("/rss/cs.LG")).document.rss.channel.item).toBeUndefined();
  expect((await readXml("/atom/cs.LG")).document.feed.entry).toBeUndefined();
});

const day = "/api/daily_papers?date=2026-11-24";
const feed = "/api/query?search_query=cat:cs.LG";

test("a fault strikes where and as often as it was armed, then all is well again", async () => {
  const { arm, requests } = await play();
  arm({ kind: "status", status: 429, retryAfter: "17", path: "/api/daily_papers", times: 2 });
  const takeBack = arm({ kind: "status", status: 503, path: "/rss" });
  takeBack();
  const limited = await read(day);
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "17"]);
  expect((await read("/rss/cs.LG")).status).toBe(200);
  expect([(await read(day)).status, (await read(day)).status]).toEqual([429, 200]);
  expect(requests.map(({ path }) => path)).toEqual([day, "/rss/cs.LG", day, day]);
});

test.each<[ArmedFault, string]>([
  [{ kind: "truncated" }, "truncated"],
  [{ kind: "bomb" }, "too-large"],
  [{ kind: "hang" }, "timeout"],
  [{ kind: "drip", everyMs: 100 }, "timeout"],
  [{ kind: "reset" }, "truncated"],
  [{ kind: "redirect", to: "http://127.0.0.1:5432/" }, "bad-redirect"],
])("%j ends in the reason %s, and closing does not wait for it", async (fault, reason) => {
  const { arm, url } = await play();
  // A busy machine may need a while to unpack a bomb.
  const totalMs = reason === "timeout" ? 300 : 15_000;
  for (const path of [day, feed, "/rss/cs.LG"]) {
    arm(fault);
    await expect(fetchBounded(url + path, { totalMs })).rejects.toMatchObject({ reason });
  }
});

test("empty, foreign and half answers are valid HTTP", async () => {
  const { arm } = await play();
  arm({ kind: "empty" });
  expect((await read(day)).text).toBe("[]");
  arm({ kind: "empty" });
  const kept = await readFeed("search_query=cat:cs.LG");
  expect([kept.entries.length, kept.total > 20]).toEqual([0, true]);
  arm({ kind: "empty", total: "zero" });
  expect(await readFeed("search_query=cat:cs.LG")).toMatchObject({ entries: [], total: 0 });
  arm({ kind: "wrong-feed" });
  expect((await read("/rss/cs.LG")).text).toContain("Gardening weekly");
  arm({ kind: "half-document" });
  expect(XMLValidator.validate((await read(feed)).text)).not.toBe(true);
});

test("tags and charsets can lie", async () => {
  const { arm } = await play();
  const { headers, text } = await read(day);
  const etag = headers.get("etag") ?? "";
  arm({ kind: "new-etag" });
  const renamed = await read(day, { "if-none-match": etag });
  expect([renamed.status, renamed.text]).toEqual([200, text]);
  expect(renamed.headers.get("etag")).not.toBe(etag);
  arm({ kind: "weak-etag" });
  expect((await read("/rss/cs.LG")).headers.get("etag")).toMatch(/^W\/"/);
  arm({ kind: "charset", bytes: "utf16le", says: "utf-16le" });
  expect((await read(day)).text).toBe(text);
  arm({ kind: "charset", bytes: "latin1", says: "utf-8" });
  expect((await read(day)).text).toContain("J\ufffdzef");
  arm({ kind: "charset", bytes: "utf8", says: "iso-8859-1" });
  const called = await read(day);
  expect([called.headers.get("content-type"), called.text]).toEqual(["application/json; charset=iso-8859-1", text]);
});

test("another process arms faults and reads the requests by HTTP", async () => {
  const { url, requests } = await play();
  const post = (body: string) => fetch(`${url}/_faults`, { method: "POST", body });
  expect((await post('{"kind":"status","status":500}')).status).toBe(204);
  expect((await post("nonsense")).status).toBe(400);
  expect((await read(day)).status).toBe(500);
  expect(requests).toHaveLength(1);
  expect(await (await fetch(`${url}/_requests`)).json()).toMatchObject([{ method: "GET", path: day, open: 1 }]);
});

test.skipIf(withoutRecordings)("recorded days are played by their dates, and arXiv knows their papers", async () => {
  await play({ recorded });
  const items = await readDay("date=2026-08-20");
  expect(items.length).toBeGreaterThan(10);
  expect(await readDay("date=2026-08-22")).toEqual([]);
  const ids = items.map(({ paper }) => paper.id);
  const { entries } = await readFeed(`id_list=${ids.join(",")}&max_results=100`);
  expect(entries.map(({ id }) => /abs\/(.+)v1$/.exec(id)?.[1]).sort()).toEqual(ids.toSorted());
  expect((await readFeed("search_query=cat:cs.*")).total).toBeGreaterThan(20_000);
});

test.skipIf(withoutRecordings)("recorded days can be laid over the weekdays up to today", async () => {
  await play({ recorded, shiftTo: tuesday });
  const plain = await startSourceServer({ recorded });
  try {
    const original = await (await fetch(`${plain.url}/api/daily_papers?date=2026-08-21`)).json();
    const shifted = await readDay("date=2026-11-24");
    expect(shifted.map(({ title }) => title)).toEqual(original.map(({ title }: Item) => title));
    expect(JSON.stringify(shifted)).toContain('"submittedOnDailyAt":"2026-11-24T00:00:00.000Z"');
    expect((await readDay("date=2026-11-23")).length).toBeGreaterThan(0);
    expect(await readDay("date=2026-11-22")).toEqual([]);
    expect((await readXml("/rss/cs")).document.rss.channel.item.length).toBeGreaterThan(10);
  } finally {
    await plain.close();
  }
});

test("the command prints the settings, plays until it is interrupted, and names a taken port", async () => {
  const child = spawn(process.execPath, ["scripts/fakes.ts", "--port", "0"]);
  let printed = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (printed.includes("npm start")) break;
  }
  const [, url = ""] = /HUGGINGFACE_URL=(\S+) ARXIV_API_URL=\S+\/api\/query ARXIV_RSS_URL=\S+/.exec(printed) ?? [];
  expect((await fetch(`${url}/api/daily_papers`)).status).toBe(200);
  expect(await run(["--port", new URL(url).port])).toEqual([
    64,
    expect.stringContaining("Give another one with --port"),
  ]);
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each([
  [["--port", "many"], "--port must be a number from 0 to 65535."],
  [["--shift"], "--shift needs --recorded DIR"],
  [["--recorded", "/nowhere"], "There is no hf/daily_papers/YYYY-MM-DD.json under /nowhere."],
  [["--colour"], "Unknown option '--colour'"],
])("the command refuses %j in one sentence", async (args, sentence) => {
  expect(await run(args)).toEqual([64, expect.stringContaining(sentence)]);
});

async function run(args: string[]): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ["scripts/fakes.ts", ...args]);
  const said = Array.fromAsync(child.stderr, String);
  const [code] = await once(child, "exit");
  return [code, (await said).join("")];
}
