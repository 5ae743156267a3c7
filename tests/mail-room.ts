import { afterEach, beforeEach } from "vitest";
import { type DigestRun, sendDueDigests } from "#lib/digest/send-digest.ts";
import { db } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import { type Patience, patience as usualPatience } from "#lib/platform/sending-protocol.ts";
import { unsubscribeToken } from "#lib/subscribers/tokens.ts";
import { type Moment, type SmtpSink, startSmtpSink, type Whim } from "#tests/fakes/smtp-sink.ts";

export const day = Temporal.PlainDate.from("2026-08-20");
export const period = { kind: "day", day } as const;
/** When the digest of `day` is due. */
export const mailHour = Temporal.Instant.from("2026-08-21T06:00:00Z");

type MailRoom = {
  readonly sink: SmtpSink;
  readonly mailer: Mailer;
  /** What the mail server does; may be changed at any time. */
  script: (moment: Moment) => Whim;
  /** Begins anew, as before a test. */
  empty: () => Promise<void>;
  sweep: (options?: { now?: Temporal.Instant; by?: Mailer; patience?: Patience }) => Promise<DigestRun>;
};

/** Before each test an empty database and a mail server that accepts everything. */
export function openMailRoom(): MailRoom {
  let sink: SmtpSink;
  let mailer: Mailer;
  const room: MailRoom = {
    get sink() {
      return sink;
    },
    get mailer() {
      return mailer;
    },
    script: () => undefined,
    empty: async () => {
      await close();
      await open();
    },
    sweep: ({ now = mailHour, by = mailer, patience = usualPatience } = {}) =>
      sendDueDigests({ now, limit: 200, mailer: by, patience }),
  };
  const open = async () => {
    await db.delivery.deleteMany();
    await db.digest.deleteMany();
    await db.subscriber.deleteMany();
    await db.suppression.deleteMany();
    await db.mailDomain.deleteMany();
    await db.edition.deleteMany();
    await db.paper.deleteMany();
    room.script = () => undefined;
    sink = await startSmtpSink({ script: (moment) => room.script(moment) });
    mailer = smtpMailer(sink.url);
  };
  const close = async () => {
    mailer.close();
    await sink.stop();
  };
  beforeEach(open);
  afterEach(close);
  return room;
}

/** The sources were read whole at that moment. */
export async function gatherAt(time: string): Promise<void> {
  const run = { job: "gather", status: "ok", startedAt: new Date(time), finishedAt: new Date(time) };
  await db.sourceRun.deleteMany();
  await db.sourceRun.createMany({ data: ["huggingface", "arxiv"].map((source) => ({ ...run, source })) });
}

export function readers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `reader${index + 1}@example.org`);
}

export async function tokenOf(email: string): Promise<string> {
  return unsubscribeToken((await db.subscriber.findFirstOrThrow({ where: { emailKey: email } })).id);
}

export async function stateOf(email: string): Promise<string | undefined> {
  return (await db.delivery.findFirst({ where: { subscriber: { emailKey: email } } }))?.state;
}
