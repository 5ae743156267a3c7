import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askToSignIn } from "#lib/accounts/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { listTables } from "#lib/platform/backup/write-backup.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { castUpvote } from "#lib/votes/commands.ts";
import { printDay, signUp } from "#tests/factories.ts";
import { startSmtpSink } from "#tests/fakes/smtp-sink.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { runScript } from "#tests/run-command.ts";

const home = process.env.DATABASE_URL ?? "";
const folder = mkdtempSync(join(tmpdir(), "broadsheet-backup-"));
const file = join(folder, "one.jsonl.gz");
const places: string[] = [];

beforeAll(async () => {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }, { title: "Ünïcode, \\TeX $x^2$ and \u{1F4D6}" }]);
  await printDay("2026-08-21", [{ id: "2608.00001", upvotes: 3 }], { now: "2026-08-21T10:00:00Z" });
  await confirmSubscribers(["ada@example.org", "bo@example.org"]);
  const { id: accountId } = await signUp("cy@example.org");
  await castUpvote({ accountId, paperId: paperId("2608.00001"), now: Temporal.Instant.from("2026-08-21T11:00:00Z") });
  // Under way at the moment of the backup: the original sends it afterwards.
  const digest = await db.digest.create({ data: { day: new Date("2026-08-20"), createdAt: new Date() } });
  const due = { askedBy: "timetable", dueAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
  const { id: subscriberId } = await db.subscriber.findFirstOrThrow({ where: { email: "ada@example.org" } });
  await db.delivery.create({ data: { digestId: digest.id, subscriberId, ...due } });
  await askToSignIn({ email: "cy@example.org", next: "/", mark: "a-browser", client: "192.0.2.1", now: now() });
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await onServer(async (admin) => {
    for (const name of places) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
});

test("a backup taken while papers are being stored is one moment, and restores to the same rows", async () => {
  let storing = true;
  const writer = (async () => {
    for (let number = 10; storing; number++) {
      await printDay("2026-08-22", [{ id: `2608.0${1000 + number}` }], { now: "2026-08-22T10:00:00Z" });
    }
  })();
  const backup = await run("backup", [file]);
  storing = false;
  await writer;
  expect(backup).toMatchObject({ code: 0, stdout: expect.stringMatching(/rows of \d+ tables/) });
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const still = join(folder, "still.jsonl.gz");
  expect(await run("backup", [still])).toMatchObject({ code: 0 });
  const place = await emptyPlace();
  const restored = await run("restore", [still], place);
  expect(restored).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/Mail is held/) });
  const [before, after] = [await ledger(home), await ledger(place.DATABASE_URL)];
  expect(Object.keys(after)).toContain("mail_home");
  expect({ ...after, mail_home: null }).toEqual({ ...before, mail_home: null });
  // New rows go on after the old ones.
  expect(
    await value(place.DATABASE_URL, "SELECT nextval('paper_changes') > max(change_seq) AS value FROM papers"),
  ).toBe(true);

  // The one under load is a whole as well: every listing has its paper, and its counts are what it says.
  expect(await run("restore", [file], await emptyPlace())).toMatchObject({ code: 0 });
}, 300_000);

test("no mail leaves a restored copy until its operator says so, and then nothing that the original may have sent", async () => {
  const sink = await startSmtpSink({ script: () => undefined });
  try {
    expect(await run("backup", [join(folder, "held.jsonl.gz")])).toMatchObject({ code: 0 });
    const place = { ...(await emptyPlace()), SMTP_URL: sink.url };
    expect(await run("restore", [join(folder, "held.jsonl.gz")], place)).toMatchObject({ code: 0 });
    expect(await sweep(place)).toEqual({ digests: 0, letters: 0 });
    expect(await run("digest", ["--date", "2026-08-20"], place)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Mail is held: .*npm run mail -- allow$/m),
    });
    expect(sink.copies().size).toBe(0);

    expect(await run("mail", ["allow"], place)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/2 mails .* given up/),
    });
    expect(await sweep(place)).toEqual({ digests: 0, letters: 0 });
    expect(sink.copies().size).toBe(0);
    // What the operator asks for goes.
    expect(await run("digest", ["--date", "2026-08-20"], place)).toMatchObject({ code: 0 });
    expect(sink.copies().size).toBe(2);
  } finally {
    await sink.stop();
  }
}, 300_000);

test("the same database at another address is a copy as well", async () => {
  const sink = await startSmtpSink({ script: () => undefined });
  try {
    const here = { SMTP_URL: sink.url, SITE_URL: "https://papers.example.org" };
    await sweep(here);
    const sent = sink.copies().size;
    await db.letterRequest.updateMany({ data: { state: "pending", handedAt: null, settledAt: null } });
    expect(await sweep({ ...here, SITE_URL: "https://staging.example.org" })).toEqual({ digests: 0, letters: 0 });
    expect(sink.copies().size).toBe(sent);
    expect((await sweep(here)).letters).toBe(1);
  } finally {
    await db.mailHome.deleteMany();
    await sink.stop();
  }
}, 300_000);

test.each([
  ["cut off", (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, -200)), /cut off/],
  [
    "cut off while it was compressed",
    (bytes: Buffer) => bytes.subarray(0, bytes.length / 2),
    /unexpected end of file|cut off/,
  ],
  [
    "short of a row",
    (bytes: Buffer) => gzipSync(withoutALine(gunzipSync(bytes).toString())),
    /damaged|violates|foreign key/,
  ],
  [
    "of a newer version",
    (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('"format":1', '"format":2')),
    /format 2/,
  ],
  ["something else", () => gzipSync('{"hello":"world"}\n'), /not a backup/],
  ["not compressed", () => Buffer.from("hello"), /cannot be read/],
] as const)(
  "a file that is %s changes no row",
  async (name, damage, sentence) => {
    await run("backup", [join(folder, `${name}.whole.gz`)]);
    const damaged = join(folder, `${name}.gz`);
    writeFileSync(damaged, damage(readFileSync(join(folder, `${name}.whole.gz`))));
    const place = await emptyPlace();
    const { code, stderr } = await run("restore", [damaged], place);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
    const tables = await tableCount(place.DATABASE_URL);
    expect(tables === 0 || (await value(place.DATABASE_URL, "SELECT count(*)::int AS value FROM papers")) === 0).toBe(
      true,
    );
  },
  300_000,
);

test("a backup is neither mixed with what is there nor written over", async () => {
  const mixed = join(folder, "mixed.jsonl.gz");
  expect(await run("backup", [mixed])).toMatchObject({ code: 0 });
  expect(await run("backup", [mixed])).toMatchObject({ code: 1, stderr: expect.stringMatching(/exists already/) });
  const before = await ledger(home);
  expect(await run("restore", [mixed])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/is not empty.*DATA_DIR=/),
  });
  expect(await ledger(home)).toEqual(before);
}, 300_000);

test("a secret that the place keeps itself comes along, so that links in mails go on working", async () => {
  const original = { SECRET: "", DATA_DIR: join(folder, "original") };
  const kept = join(folder, "kept.jsonl.gz");
  expect(await run("backup", [kept], original)).toMatchObject({ code: 0 });
  const place = { ...(await emptyPlace()), SECRET: "" };
  expect(await run("restore", [kept], place)).toMatchObject({ code: 0 });
  expect(readFileSync(join(place.DATA_DIR, "secret"), "utf8")).toBe(
    readFileSync(join(original.DATA_DIR, "secret"), "utf8"),
  );
  expect(
    await run("restore", [kept], { ...(await emptyPlace()), SECRET: "another secret of more than thirty letters" }),
  ).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/another secret/),
  });
}, 300_000);

type Place = { DATABASE_URL: string; DATA_DIR: string };

/** An empty database and an empty folder. */
async function emptyPlace(): Promise<Place> {
  const name = `restored_${crypto.randomUUID().slice(0, 8)}`;
  places.push(name);
  await onServer((admin) => admin.query(`CREATE DATABASE ${name}`));
  const url = new URL(home);
  url.pathname = `/${name}`;
  return { DATABASE_URL: url.href, DATA_DIR: join(folder, name) };
}

function run(command: string, args: string[], environment: Record<string, string> = {}) {
  return runScript(`scripts/${command}.ts`, args, environment);
}

/** One sweep of the timetable's mail in a process of its own: how many left. */
async function sweep(environment: Record<string, string>): Promise<{ digests: number; letters: number }> {
  const { code, stdout, stderr } = await runScript("tests/fakes/mail-sweep.ts", [], environment);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What every table holds, as one hash each. */
async function ledger(url: string): Promise<Record<string, string>> {
  return onServer(async (client) => {
    const hashes: Record<string, string> = {};
    for (const table of await listTables(client)) {
      const { rows } = await client.query(
        `SELECT count(*) || ' ' || md5(string_agg(line, '\n' ORDER BY line)) AS hash FROM (SELECT row_to_json(t)::text AS line FROM ${client.escapeIdentifier(table)} AS t)`,
      );
      hashes[table] = rows[0].hash;
    }
    return hashes;
  }, url);
}

function value(url: string, query: string): Promise<unknown> {
  return onServer(async (client) => (await client.query(query)).rows[0].value, url);
}

function tableCount(url: string): Promise<unknown> {
  return value(url, "SELECT count(*)::int AS value FROM pg_tables WHERE schemaname = 'public'");
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>, url = home): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withoutALine(text: string): string {
  const lines = text.split("\n");
  lines.splice(lines.findIndex((line) => line.startsWith('{"table":"papers"}')) + 1, 1);
  return lines.join("\n");
}
