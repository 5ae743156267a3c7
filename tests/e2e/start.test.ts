import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "#tests/setup/eventually.ts";
import { freePort, type RunningSite, runSite } from "#tests/setup/run-site.ts";

// Nothing listens there: every source is unreachable at once.
const nowhere = "http://127.0.0.1:9";
const offline = { HUGGINGFACE_URL: nowhere, ARXIV_API_URL: nowhere, ARXIV_RSS_URL: nowhere };

let dataDir: string;
let port: string;
const running: RunningSite[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "broadsheet-start-"));
  port = String(await freePort());
});

afterEach(async () => {
  for (const site of running.splice(0)) await site.end();
  rmSync(dataDir, { recursive: true, force: true });
});

function start(settings: Record<string, string> = {}): RunningSite {
  const site = runSite({ ...offline, DATA_DIR: dataDir, PORT: port, ...settings });
  running.push(site);
  return site;
}

const read = async (path: string) => (await fetch(`http://localhost:${port}${path}`)).text();

/** The last line that is not part of the log. */
const lastSentence = (site: RunningSite) =>
  site
    .output()
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("{") && !line.startsWith("✓"))
    .at(-1);

test("without network an empty site shows the bundled sample, says so, and mails none of it", async () => {
  const site = start();
  await site.said("sample of 52 papers");
  const page = await read("/papers/date/2026-08-20");
  expect(page).toContain("Summary written for this sample.");
  expect(page).toMatch(/The sources could not be reached.*They are asked again at/);
  expect(await read("/papers/trending")).toContain("<article");
  expect(site.output()).not.toContain("digest-prepared");
});

test("a second start, after everything was killed, finds what was there", async () => {
  const first = start();
  await first.said("sample of 52 papers");
  const postmaster = Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  first.child.kill("SIGKILL");
  await first.ended;
  process.kill(postmaster, "SIGKILL");

  const second = start({ WORKER: "0" });
  await second.said("Ctrl-C ends it");
  expect(await read("/papers/date/2026-08-20")).toContain("<article");
  expect(await second.end()).toBe(0);
});

test("a start beside one that runs ends with a sentence, and leaves the first alone", async () => {
  const first = start({ WORKER: "0" });
  await first.said("Ctrl-C ends it");
  const second = start();
  expect(await second.ended).toBe(1);
  expect(lastSentence(second)).toMatch(
    /^Broadsheet is running already at http:\/\/localhost:\d+\. Open it, end it first/,
  );
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
});

test("a port that another program holds is named, with what to do", async () => {
  const other: Server = createServer((_request, response) => response.end("another program"));
  await new Promise<void>((done) => other.listen(Number(port), "127.0.0.1", done));
  const site = start();
  expect(await site.ended).toBe(1);
  expect(lastSentence(site)).toBe(
    `Port ${port} is taken by another program. Choose another: PORT=${Number(port) + 1} npm start`,
  );
  other.close();
});

test.each([
  [
    "postgresql://x:y@127.0.0.1:9/papers",
    /^Postgres does not answer at 127\.0\.0\.1:9\/papers\. Start it, correct DATABASE_URL/,
  ],
  ["mysql://x:y@127.0.0.1/papers", /^DATABASE_URL must begin with postgresql:/],
])("a wrong DATABASE_URL (%s) ends the start with a sentence", async (url, sentence) => {
  const site = start({ DATABASE_URL: url });
  expect(await site.ended).not.toBe(0);
  expect(lastSentence(site)).toMatch(sentence);
  expect(site.output()).not.toContain("    at ");
});

test("a wrong site configuration ends the start with a sentence for each mistake", async () => {
  writeFileSync(join(dataDir, "broadsheet.config.json"), '{ "timeZone": "Mars/Olympus", "closesAt": "noon" }');
  const site = start();
  expect(await site.ended).toBe(78);
  expect(site.output()).toContain("timeZone must be a name of the IANA database");
  expect(site.output()).toContain("closesAt must be a time of day");
});

test.skipIf(process.getuid?.() !== 0)(
  "as root, in a folder that no other user may enter, it starts all the same",
  async () => {
    const closed = join(dataDir, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o700);
    const site = start({ DATA_DIR: join(closed, "data"), WORKER: "0" });
    await site.said("Ctrl-C ends it");
    expect(await read("/about")).toContain("How papers are ranked");
  },
);

test("a stopped database: pages that were read go on being served, the rest is refused politely, and it comes back by itself", async () => {
  const site = start();
  await site.said("sample of 52 papers");
  const before = await read("/papers/date/2026-08-20");
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGKILL");

  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(503);
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  expect(await read("/papers/date/2026-08-20")).toBe(before);
  const unseen = await fetch(`http://localhost:${port}/papers/date/2026-08-19`);
  expect(unseen.status).toBe(500);
  expect(await unseen.text()).toMatch(/could not be printed|try again/i);

  await site.said("starting it again");
  await eventually(async () => (await fetch(`http://localhost:${port}/readyz`)).ok, "the database");
  expect((await fetch(`http://localhost:${port}/papers/date/2026-08-19`)).status).toBe(200);
});
