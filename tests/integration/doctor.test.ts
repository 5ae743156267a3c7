import { beforeEach, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { raiseAlarms } from "#lib/digest/invariants/commands.ts";
import { listAlarms } from "#lib/digest/invariants/queries.ts";
import { findDomainCheck } from "#lib/mailing/dns/queries.ts";
import { startDnsServer, type Zone } from "#tests/fakes/dns-server.ts";
import { startSmtpSink } from "#tests/fakes/smtp-sink.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { runScript } from "#tests/run-command.ts";

const sunrise = new Date("2026-08-21T06:00:00Z");

beforeEach(async () => {
  await db.delivery.deleteMany();
  await db.digest.deleteMany();
  await db.subscriber.deleteMany();
  await db.suppression.deleteMany();
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.mailHome.deleteMany();
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }, {}]);
  await confirmSubscribers(["ada@example.org"]);
  const { id: subscriberId } = await db.subscriber.findFirstOrThrow();
  await db.digest.create({
    data: {
      day: new Date("2026-08-20"),
      createdAt: sunrise,
      preparedAt: sunrise,
      candidates: 1,
      excluded: 0,
      deliveries: {
        create: {
          subscriberId,
          askedBy: "timetable",
          state: "sent",
          dueAt: sunrise,
          expiresAt: new Date("2026-08-22T06:00:00Z"),
          claimedAt: sunrise,
          handedAt: sunrise,
          settledAt: sunrise,
        },
      },
    },
  });
});

test("a healthy site gets a sentence for each thing and exit code 0", async () => {
  const { code, stdout } = await doctor();
  expect(stdout).toMatch(/✓ Data folder: .*GB free/);
  expect(stdout).toMatch(/✓ Database: 2 papers, 1 closed editions/);
  expect(stdout).toMatch(/! arXiv: has not answered yet/);
  expect(stdout).toMatch(/! Search index: is not there.*npm run reindex/);
  expect(stdout).toMatch(/✓ Promises: all \d hold/);
  expect(stdout).toMatch(/! Mail: no SMTP_URL/);
  expect(code).toBe(0);
}, 120_000);

test.each([
  ["recipients", () => db.digest.updateMany({ data: { candidates: 0 } })],
  ["confirmed first", () => db.subscriber.updateMany({ data: { confirmedAt: new Date("2026-08-23") } })],
  ["every mail ends", () => db.delivery.updateMany({ data: { state: "sending", settledAt: null } })],
  [
    "nothing waits past its time",
    () => db.delivery.updateMany({ data: { state: "pending", handedAt: null, settledAt: null } }),
  ],
  ["ranks", () => db.editionEntry.updateMany({ where: { rank: 1 }, data: { rank: 7 } })],
  [
    "no mail after a way out",
    async () => {
      const { emailHash } = await db.subscriber.findFirstOrThrow();
      await db.suppression.create({ data: { emailHash, reason: "bounced", since: new Date("2026-08-21T05:00:00Z") } });
    },
  ],
] as const)(
  "the promise “%s” is named when it is broken",
  async (name, breakIt) => {
    await breakIt();
    const { code, stdout } = await doctor();
    expect(stdout).toMatch(new RegExp(`✗ Promise “${name}”: 1 `));
    expect(code).toBe(1);
  },
  120_000,
);

test("a mail whose end is unknown is worth a look, not a defect", async () => {
  await db.delivery.updateMany({ data: { state: "uncertain" } });
  const { code, stdout } = await doctor();
  expect(stdout).toMatch(/! Promise “certainty”: 1 mails may or may not have arrived/);
  expect(code).toBe(0);
}, 120_000);

test("the mail server is asked up to the last moment, and gets nothing", async () => {
  const sink = await startSmtpSink();
  try {
    const { code, stdout } = await doctor({ SMTP_URL: sink.url });
    expect(stdout).toMatch(/! Mail: the server takes mail from digest@localhost, but not encrypted/);
    expect(code).toBe(0);
    expect([sink.connections(), sink.mails.length]).toEqual([1, 0]);
  } finally {
    await sink.stop();
  }
}, 120_000);

test("a server that is away, or that refuses the sender, is said with its own words", async () => {
  const sink = await startSmtpSink({ script: ({ at }) => (at === "mail" ? 550 : undefined) });
  const { url } = sink;
  try {
    const refused = await doctor({ SMTP_URL: url });
    expect(refused.stdout).toMatch(/✗ Mail: the server of SMTP_URL takes no mail from digest@localhost: 550/);
    expect(refused.code).toBe(1);
  } finally {
    await sink.stop();
  }
  expect(await doctor({ SMTP_URL: url })).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/✗ Mail: .*ECONNREFUSED/),
  });
}, 120_000);

test("a copy whose mail is held says so", async () => {
  const sink = await startSmtpSink();
  try {
    await db.mailHome.create({ data: { place: "elsewhere", since: sunrise } });
    const { code, stdout } = await doctor({ SMTP_URL: sink.url });
    expect(stdout).toMatch(/✗ Mail: Mail is held: .*npm run mail -- allow/);
    expect(code).toBe(1);
  } finally {
    await sink.stop();
  }
}, 120_000);

test("what receivers find in the DNS is said, written down, and is an alarm until it is put right", async () => {
  const sink = await startSmtpSink();
  const zone: Zone = { "papers.example.org": { TXT: ["v=spf1 -all"], MX: ["mx.example.org"] } };
  const dns = await startDnsServer(zone);
  const environment = { SMTP_URL: sink.url, SITE_URL: "https://papers.example.org", DNS_SERVER: dns.address };
  try {
    const { code, stdout } = await doctor(environment);
    expect(stdout).toMatch(/✓ SPF: papers\.example\.org says/);
    expect(stdout).toMatch(/! DKIM: mails are not signed here/);
    expect(stdout).toMatch(/✗ DMARC: .*Publish a TXT record at _dmarc\.papers\.example\.org: v=DMARC1; p=none/);
    expect(stdout).toMatch(/✓ MX: .*mx\.example\.org/);
    expect(code).toBe(1);
    expect(await findDomainCheck()).toMatchObject({ missing: ["DMARC"] });

    const now = Temporal.Instant.from("2026-08-21T08:00:00Z");
    expect(await raiseAlarms({ now })).toMatchObject({ raised: 1 });
    expect(await raiseAlarms({ now: now.add({ hours: 1 }) }), "said once").toMatchObject({ raised: 0 });
    expect(await listAlarms()).toEqual([
      {
        name: "sender's domain",
        sentence: expect.stringMatching(/^DMARC of the sender's domain.*No more than 5,000 digests a day/),
        since: "2026-08-21T08:00:00.000Z",
      },
    ]);
    zone["_dmarc.papers.example.org"] = { TXT: ["v=DMARC1; p=none"] };
    expect((await doctor(environment)).stdout).toMatch(/✓ DMARC/);
    expect(await raiseAlarms({ now: now.add({ hours: 2 }) })).toEqual({ raised: 0, ended: 1 });
    expect(await listAlarms()).toEqual([]);
  } finally {
    await dns.stop();
    await sink.stop();
    await db.mailCheck.deleteMany();
  }
}, 120_000);

test("an uncertain mail, an address with two copies and a source that is a day late are alarms", async () => {
  const now = Temporal.Instant.from("2026-08-21T08:00:00Z");
  const run = { source: "arxiv", job: "gather", status: "ok", startedAt: sunrise, finishedAt: sunrise };
  await db.sourceRun.create({ data: run });
  try {
    expect(await raiseAlarms({ now })).toEqual({ raised: 0, ended: 0 });
    await db.delivery.updateMany({ data: { state: "uncertain" } });
    await raiseAlarms({ now });
    expect((await listAlarms()).map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^1 mails may or may not have arrived/),
    ]);
    await raiseAlarms({ now: now.add({ hours: 25 }) });
    expect((await listAlarms()).map(({ sentence }) => sentence)).toContain("arXiv was not read for 27 hours.");
  } finally {
    await db.sourceRun.deleteMany();
    await db.alarm.deleteMany();
  }
});

function doctor(environment: Record<string, string> = {}) {
  return runScript("scripts/doctor.ts", [], environment);
}
