// node --import tsx bench/digest.ts --help
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { serverSeconds } from "./import/server-seconds.ts";
import { median } from "./median.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { openDatabase, sentenceFor } from "#scripts/with-database.ts";

const help = `node --import tsx bench/digest.ts [--subscribers 20000] [--rounds 3] [--sizes 1000,20000,50000]

Sends a digest of 20 papers to so many subscribers, as the site does, to an SMTP server in a process of its own on this machine that
accepts everything. In turn with it, nodemailer's pool sends as many mails of the very same bytes: ready-made, without any bookkeeping
("bare"), and made of their parts, as it is mostly used ("composed"). Then once for each of the sizes. Prints mails a second, their
ratio, processor time a mail (of the sender, and of Postgres) and the sender's memory. Every mail is counted where it arrives: one for
each subscriber, or the run fails.
`;

const { values } = parseCommand({ help, options: ["subscribers", "rounds", "sizes"] });
const subscribers = count(values.subscribers ?? "20000", "--subscribers");
const rounds = count(values.rounds ?? "3", "--rounds");
const sizes = (values.sizes ?? "1000,20000,50000").split(",").map((size) => count(size, "--sizes"));

type Sent = { seconds: number; cpu: number; start: number; peak: number; end: number };
type Run = Sent & { mails: number; server: number; bytes: number };

const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
delete process.env.DATABASE_URL;
const sink = fork(join(import.meta.dirname, "digest/sink.ts"));
const [{ port }] = await once(sink, "message");
Object.assign(process.env, {
  DATA_DIR: folder,
  NODE_ENV: "production",
  SITE_URL: "https://broadsheet.example",
  SECRET: "a secret for measuring only, of forty letters",
  SMTP_URL: `smtp://127.0.0.1:${port}`,
});
const postgres = await openDatabase();
try {
  await bench();
} catch (error) {
  console.error(sentenceFor(error));
  process.exitCode = 1;
} finally {
  const { db } = await import("#lib/platform/db.ts");
  await db.$disconnect();
  await postgres?.stop();
  sink.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

async function bench(): Promise<void> {
  const mail = await keepOneMail();
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, a mail of ${Math.round(mail.bytes / 1000)} kB`,
  );
  await subscribe(subscribers);
  const runs: Record<string, Run[]> = { ours: [], bare: [], composed: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const [way, done] of Object.entries(runs)) {
      done.push(await send(way, mail.file, subscribers));
      console.log(`${round} ${way.padEnd(8)} ${say(done.slice(-1))}`);
    }
  }
  for (const [way, done] of Object.entries(runs)) console.log(`median: ${way.padEnd(8)} ${say(done)}`);
  const speeds = Object.values(runs).map(speed);
  const [ours = 0, bare = 0, composed = 0] = speeds;
  console.log(`ratio of ours to bare ${(ours / bare).toFixed(2)}, to composed ${(ours / composed).toFixed(2)}`);
  for (const size of sizes) {
    await subscribe(size);
    console.log(`${size} subscribers: ${say([await send("ours", mail.file, size)])}`);
  }
}

/** Sends in a process of its own, and throws if not each subscriber got one mail. */
async function send(way: string, file: string, expected: number): Promise<Run> {
  if (way === "ours") await forgetDigest();
  const data = join(folder, "postgres");
  const before = serverSeconds(data);
  const args = [way, file, String(expected)];
  const sender = fork(join(import.meta.dirname, "digest/sender.ts"), args, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const sent: Sent = await answerOf(sender, way);
  const server = way === "ours" ? serverSeconds(data) - before : 0;
  sink.send("count");
  const [{ mails, bytes, readers }] = await once(sink, "message");
  if (mails !== expected || readers !== expected) {
    throw new Error(`${way}: ${mails} mails came for ${readers} readers; there are ${expected}.`);
  }
  return { ...sent, mails, server, bytes };
}

async function answerOf(sender: ChildProcess, way: string): Promise<Sent> {
  const ended = once(sender, "exit").then(([code]) => {
    throw new Error(`The sender of ${way} ended with ${code} and said nothing.`);
  });
  const [sent] = await Promise.race([once(sender, "message"), ended]);
  ended.catch(() => undefined);
  return sent;
}

/** The bytes of one of our mails: what the others send. */
async function keepOneMail(): Promise<{ file: string; bytes: number }> {
  const { freezeEdition } = await import("#tests/frozen-edition.ts");
  const { fixturePapers } = await import("#tests/fixtures/papers.ts");
  await freezeEdition(
    "2026-08-20",
    fixturePapers.slice(0, 34).map(({ title, abstract, authors }) => ({ title, abstract, authors })),
  );
  const { sampleMails } = await import("#tests/sample-mails.ts");
  const [digest] = await sampleMails();
  if (!digest) throw new Error("There is no sample of a digest.");
  const file = join(folder, "mail.eml");
  writeFileSync(file, digest.raw);
  return { file, bytes: digest.raw.length };
}

async function subscribe(wanted: number): Promise<void> {
  const { confirmSubscribers } = await import("#tests/frozen-edition.ts");
  const { db } = await import("#lib/platform/db.ts");
  await forgetDigest();
  await db.subscriber.deleteMany();
  const emails = Array.from({ length: wanted }, (_, index) => `reader${index}@example.org`);
  for (let at = 0; at < wanted; at += 2000) await confirmSubscribers(emails.slice(at, at + 2000));
}

async function forgetDigest(): Promise<void> {
  const { db } = await import("#lib/platform/db.ts");
  await db.delivery.deleteMany();
  await db.digest.deleteMany();
}

function speed(runs: readonly Run[]): number {
  return median(runs.map(({ mails, seconds }) => mails / seconds));
}

function say(runs: readonly Run[]): string {
  const of = (value: (run: Run) => number) => median(runs.map(value));
  const perMail = (value: (run: Run) => number) => (1000 * of((run) => value(run) / run.mails)).toFixed(2);
  const megabytes = (value: (run: Run) => number) => Math.round(of(value) / 1e6);
  return (
    `${Math.round(speed(runs))} mails/s; ${perMail(({ cpu }) => cpu)} + ${perMail(({ server }) => server)} ms of processor a mail (sender + Postgres); ` +
    `memory ${megabytes(({ start }) => start)} MB, at most ${megabytes(({ peak }) => peak)}, at the end ${megabytes(({ end }) => end)}`
  );
}

function count(text: string, option: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) wrongUsage(`${option} must be a whole number`);
  return Number(text);
}
