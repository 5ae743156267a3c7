import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { countBrokenInvariants, listAlarms } from "#lib/digest/invariants/queries.ts";
import { findLastDigest } from "#lib/digest/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { atShutdown } from "#lib/platform/front/shutdown.ts";
import { lineOf, log } from "#lib/platform/log.ts";
import { startMetricsServer } from "#lib/platform/metrics-server.ts";
import { findSourceStatus } from "#lib/sources/queries.ts";

const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** Answers `GET /metrics` where METRICS_PORT says, if it does. A port that is taken is said in the log, and the site goes on. */
export async function startMetricsOfSite(): Promise<void> {
  if (!env.metrics) return;
  try {
    const server = await startMetricsServer(() => writeMetrics({ now: now() }), env.metrics);
    atShutdown("metrics", server.close);
    log.info("metrics-served", { url: server.url });
  } catch (error) {
    log.error("metrics-not-served", { error: lineOf(error) });
  }
}

/**
 * How the site is, as Prometheus reads it (text exposition format 0.0.4): the promises that `npm run doctor` looks at, the last
 * digest's mails by state, the age of each source, the process. Numbers only: no address, no search, no token. Without the
 * database it says so (`broadsheet_database_up 0`) and tells the rest.
 */
export async function writeMetrics(clock: { now: Temporal.Instant }): Promise<string> {
  const site = new Registry();
  const gauge = gaugesOf(site);
  const up = gauge("broadsheet_database_up", "Whether the database answers.");
  try {
    await addWhatTheDatabaseKnows(gauge, clock.now);
    up.set(1);
  } catch (error) {
    log.warn("metrics-without-database", { error: lineOf(error) });
    up.set(0);
  }
  return `${await site.metrics()}\n${await ofProcess.metrics()}`;
}

type MakeGauge = ReturnType<typeof gaugesOf>;

function gaugesOf(registry: Registry) {
  return <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
}

async function addWhatTheDatabaseKnows(gauge: MakeGauge, at: Temporal.Instant): Promise<void> {
  const [promises, alarms, digest, sources] = await Promise.all([
    countBrokenInvariants(),
    listAlarms(),
    findLastDigest(),
    findSourceStatus({ now: at }),
  ]);
  const broken = gauge("broadsheet_broken_promises", "Where something does not hold that always should.", ["promise"]);
  for (const { name, count } of promises) broken.set({ promise: name }, count);
  gauge("broadsheet_alarms", "What is not well, as told on /status.").set(alarms.length);
  if (digest) {
    const mails = gauge("broadsheet_last_digest_mails", "Mails of the newest digest, by state.", ["state"]);
    for (const state of states) mails.set({ state }, digest[state]);
  }
  const age = gauge("broadsheet_source_age_seconds", "Since a source was read without error.", ["source"]);
  for (const { source, lastSuccess } of sources) {
    if (lastSuccess) age.set({ source }, Temporal.Instant.from(lastSuccess).until(at).total("seconds"));
  }
}

const states = ["pending", "sending", "sent", "failed", "uncertain", "expired", "excluded"] as const;
