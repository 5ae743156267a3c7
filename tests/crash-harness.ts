import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { listBrokenInvariants } from "#lib/digest/invariants/queries.ts";
import { countDeliveries } from "#lib/digest/queries.ts";
import { dueOf, siteReader } from "#lib/digest/mailing-time.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { type Moment, startSmtpSink, type Whim } from "#tests/fakes/smtp-sink.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";

type Crash = {
  /** The same seed, the same whims of the mail server; when a process is killed depends on the machine as well. */
  seed: number;
  day: Temporal.PlainDate;
  kills: number;
  workers?: number;
  /** Stops Postgres at once and starts it again, as often as `everyKills` kills. */
  restartPostgres?: { everyKills: number; restart: () => Promise<void> };
  /** How many times as fast as ours the day of the workers passes. What is not sent at its end has expired. */
  speed: number;
  /** In milliseconds. */
  patience: number;
};

export type CrashReport = {
  seed: number;
  kills: number;
  restarts: number;
  finished: boolean;
  deliveries: number;
  sent: number;
  failed: number;
  uncertain: number;
  expired: number;
  /** Accepted by the mail server more than once. */
  doubled: number;
  /** Called sent, and never accepted; or called failed, and accepted. */
  wrong: number;
  /** Names of promises that are broken in the database; uncertain mails are none. */
  broken: string[];
};

/**
 * Sends the digest of a day to all subscribers with several processes that are killed while they send (SIGKILL), to a mail server
 * that drops, refuses and defers at random, and says what became of each mail.
 */
export async function crashDigest({
  seed,
  day,
  kills: wanted,
  workers: count = 3,
  restartPostgres,
  speed,
  patience,
}: Crash): Promise<CrashReport> {
  const random = randomOf(seed);
  const crew = hireWorkers(dueOf({ kind: "day", day }, siteReader, site).toString(), speed);
  let kills = 0;
  let restarts = 0;
  let lastKill = 0;
  let restarting: Promise<void> | undefined;
  const killOne = () => {
    // Apart, so that there is always one that works.
    if (kills >= wanted || restarting || performance.now() - lastKill < 100) return;
    lastKill = performance.now();
    crew.replace(random());
    kills++;
    if (restartPostgres && kills % restartPostgres.everyKills === 0) {
      restarting = restartPostgres.restart().finally(() => {
        restarting = undefined;
        restarts++;
      });
    }
  };
  const sink = await startSmtpSink({
    script: (moment) => {
      if (random() < 0.2) killOne();
      return whimAt(moment, random());
    },
  });
  try {
    await freezeEdition(day.toString(), [{}, {}]);
    crew.start(count, sink.url);
    const until = performance.now() + patience;
    let finished = false;
    while (!finished && performance.now() < until) {
      await wait(200);
      // Postgres may be away at this moment.
      finished = await isFinished(day).catch(() => false);
    }
    await restarting;
    const copies = sink.copies();
    const copiesOf = (id: string) => copies.get(`<${id}@localhost>`) ?? 0;
    const where = { digest: { day: new Date(day.toString()) } };
    const deliveries = await db.delivery.findMany({ where, select: { id: true, state: true } });
    const { sent, failed, uncertain, expired } = await countDeliveries({ kind: "day", day });
    const expected: Record<string, number> = { sent: 1, failed: 0, expired: 0 };
    const broken = (await listBrokenInvariants()).filter(({ weight }) => weight === "wrong").map(({ name }) => name);
    return {
      seed,
      kills,
      restarts,
      finished,
      deliveries: deliveries.length,
      sent,
      failed,
      uncertain,
      expired,
      doubled: deliveries.filter(({ id }) => copiesOf(id) > 1).length,
      wrong: deliveries.filter(({ id, state }) => copiesOf(id) !== (expected[state] ?? copiesOf(id))).length,
      broken,
    };
  } finally {
    crew.dismiss();
    await sink.stop();
  }
}

/** Addresses for `crashDigest`: a third of them at a domain whose server often asks for patience. */
export function crashReaders(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `reader${index}@${index % 3 === 0 ? busyDomain : "example.org"}`);
}

/**
 * Gives `crashDigest` readers of all kinds: three quarters of these ask for something of their own, and beside them are some who
 * are not among the recipients: a holiday, classes that the day has not, weeks and months. The digest is mixed, and yet due once each.
 */
export async function mixPreferences(emails: readonly string[]): Promise<void> {
  const kinds = [
    {},
    { plainText: true, papers: 5 },
    { classes: ["cs"], emptyDay: "explain" },
    { hour: 6, timeZone: "Etc/UTC" },
  ];
  for (const [index, data] of kinds.entries()) {
    const email = { in: emails.filter((_, at) => at % kinds.length === index) };
    await db.subscriber.updateMany({ where: { email }, data });
  }
  const others = [
    { pausedUntil: new Date("2999-01-01") },
    { classes: ["math"] },
    { rhythm: "weekly" },
    { rhythm: "monthly" },
  ];
  const names = others.map((_, index) => `other${index}@example.org`);
  await confirmSubscribers(names);
  for (const [index, data] of others.entries())
    await db.subscriber.updateMany({ where: { email: names[index] }, data });
}

const busyDomain = "busy.example";

function whimAt({ at, recipient }: Moment, whim: number): Whim {
  if (at === "rcpt" && recipient.endsWith(busyDomain) && whim < 0.15) return 421;
  if ((at === "dot" || at === "data") && whim < 0.05) return "drop";
  if (at === "rcpt" && whim < 0.05) return 451;
  if (at === "rcpt" && whim < 0.08) return 550;
}

async function isFinished(day: Temporal.PlainDate): Promise<boolean> {
  const prepared = await db.digest.count({ where: { day: new Date(day.toString()), preparedAt: { not: null } } });
  return prepared === 1 && (await countDeliveries({ kind: "day", day })).finished;
}

/** Processes that send, and others that are loaded and wait to take over. */
function hireWorkers(mailHour: string, speed: number) {
  const beganAt = Date.now();
  const working: ChildProcess[] = [];
  const spares: ChildProcess[] = [];
  let smtpUrl = "";
  const loadSpare = () => {
    const env = { ...process.env, SMTP_URL: smtpUrl };
    const args = ["--import", "tsx", "tests/fakes/digest-worker.ts", mailHour, String(beganAt), String(speed)];
    spares.push(spawn(process.execPath, args, { env, stdio: ["pipe", "ignore", "ignore"] }));
  };
  const putToWork = () => {
    const worker = spares.shift();
    if (!worker) throw new Error("no spare worker is left");
    worker.stdin?.write("go");
    working.push(worker);
    loadSpare();
  };
  return {
    start(count: number, url: string) {
      smtpUrl = url;
      for (let spare = 0; spare < count + 2; spare++) loadSpare();
      for (let worker = 0; worker < count; worker++) putToWork();
    },
    /** Kills the one that `chance` (0 to 1) names, and puts a spare in its place. */
    replace(chance: number) {
      const [victim] = working.splice(Math.floor(chance * working.length), 1);
      victim?.kill("SIGKILL");
      putToWork();
    },
    dismiss() {
      for (const worker of [...working, ...spares]) worker.kill("SIGKILL");
    },
  };
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
