import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { countDeliveries } from "#lib/digest/queries.ts";
import { db } from "#lib/platform/db.ts";
import { type Moment, startSmtpSink, type Whim } from "#tests/fakes/smtp-sink.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";

const RECIPIENTS = 60;
const KILLS = 20;
const WORKERS = 3;

/** Those that send, and those that are loaded and wait to take over. */
const beganAt = Date.now();
const workers: ChildProcess[] = [];
const spares: ChildProcess[] = [];

afterEach(() => {
  for (const process of [...workers, ...spares]) process.kill("SIGKILL");
});

function loadSpare(smtpUrl: string): void {
  const env = { ...process.env, SMTP_URL: smtpUrl };
  const args = ["--import", "tsx", "tests/fakes/digest-worker.ts", "2026-08-21T06:00:00Z", String(beganAt)];
  spares.push(spawn(process.execPath, args, { env, stdio: ["pipe", "ignore", "ignore"] }));
}

function startWorker(smtpUrl: string): void {
  const worker = spares.shift();
  if (!worker) throw new Error("no spare worker is left");
  worker.stdin?.write("go");
  workers.push(worker);
  loadSpare(smtpUrl);
}

/** mulberry32: the same seed, the same numbers. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("twenty times a worker is killed while it sends, and nobody gets two copies and nobody is lost", async () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
  const random = randomOf(seed);
  let kills = 0;
  let lastKill = 0;
  const killOne = () => {
    // Apart, so that there is always one that works.
    if (kills >= KILLS || performance.now() - lastKill < 100) return;
    lastKill = performance.now();
    const [victim] = workers.splice(Math.floor(random() * workers.length), 1);
    victim?.kill("SIGKILL");
    startWorker(sink.url);
    kills++;
  };
  const script = ({ at }: Moment): Whim => {
    if (random() < 0.2) killOne();
    const whim = random();
    if (at === "dot" && whim < 0.05) return "drop";
    if (at === "data" && whim < 0.05) return "drop";
    if (at === "rcpt" && whim < 0.05) return 451;
    if (at === "rcpt" && whim < 0.08) return 550;
  };
  const sink = await startSmtpSink({ script });
  await freezeEdition("2026-08-20", [{}, {}]);
  await confirmSubscribers(Array.from({ length: RECIPIENTS }, (_, index) => `reader${index}@example.org`));

  for (let count = 0; count < WORKERS + 2; count++) loadSpare(sink.url);
  for (let count = 0; count < WORKERS; count++) startWorker(sink.url);
  const day = Temporal.PlainDate.from("2026-08-20");
  const finished = async () => (await db.digest.count()) === 1 && (await countDeliveries(day)).finished;
  await expect.poll(finished, { timeout: 280_000, interval: 200, message: `seed ${seed}` }).toBe(true);

  const deliveries = await db.delivery.findMany({ select: { id: true, state: true } });
  const copies = sink.copies();
  const copiesOf = (id: string) => copies.get(`<${id}@localhost>`) ?? 0;
  const { sent, failed, uncertain } = await countDeliveries(day);
  process.stderr.write(`${JSON.stringify({ seed, kills, sent, failed, uncertain, accepted: sink.mails.length })}\n`);

  const inWords = `CRASH_SEED=${seed} repeats the server's whims`;
  expect(deliveries, inWords).toHaveLength(RECIPIENTS);
  expect(sent + failed + uncertain, inWords).toBe(RECIPIENTS);
  expect(
    deliveries.filter(({ id }) => copiesOf(id) > 1),
    inWords,
  ).toEqual([]);
  expect(
    deliveries.filter(({ id, state }) => state === "sent" && copiesOf(id) !== 1),
    inWords,
  ).toEqual([]);
  expect(
    deliveries.filter(({ id, state }) => state === "failed" && copiesOf(id) !== 0),
    inWords,
  ).toEqual([]);
  expect(kills, inWords).toBeGreaterThan(5);
  await sink.stop();
}, 300_000);
