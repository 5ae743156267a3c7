import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { composeMail, encodedSize, parseMailbox } from "#lib/platform/compose-mail.ts";
import { now } from "#lib/platform/clock.ts";
import type { HandOver, Mailer } from "#lib/platform/mailer.ts";
import { findOutboxMail, listOutbox, outboxMailer } from "#lib/platform/outbox.ts";
import { readMail } from "#lib/platform/read-mail.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import { type SmtpSink, startSmtpSink } from "#tests/fakes/smtp-sink.ts";

const frame = {
  from: { name: "Broadsheet", address: "digest@example.org" },
  to: "ada@example.org",
  messageId: "<one@example.org>",
  date: now(),
};
const content = { subject: "On slow reading", text: "We read slowly.", html: "<p>We read slowly.</p>" };

const running: (SmtpSink | Mailer)[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await ("stop" in one ? one.stop() : one.close());
});

async function open(...[script]: Parameters<typeof startSmtpSink>) {
  const sink = await startSmtpSink(script);
  const mailer = smtpMailer(`${sink.url}?tls.rejectUnauthorized=false`);
  running.push(mailer, sink);
  return { sink, mailer };
}

async function mailTo(to: string, beforeDot: HandOver["beforeDot"] = async () => true): Promise<HandOver> {
  return {
    envelope: { from: "digest@example.org", to },
    raw: await composeMail(content, { ...frame, to, messageId: `<${Buffer.from(to).toString("hex")}@example.org>` }),
    beforeDot,
  };
}

test("a mail is accepted, and the next goes over the same connection", async () => {
  const { sink, mailer } = await open();
  for (const to of ["ada@example.org", "bo@example.org", "cy@example.org"]) {
    expect(await mailer.handOver(await mailTo(to))).toMatchObject({ outcome: "accepted" });
  }
  expect(sink.mails.map(({ to }) => to)).toEqual([["ada@example.org"], ["bo@example.org"], ["cy@example.org"]]);
  expect(sink.connections()).toBe(1);
});

test("a connection that carries many mails gathers no listeners", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on("warning", note);
  const { mailer } = await open();
  for (let count = 0; count < 15; count++) await mailer.handOver(await mailTo("ada@example.org"));
  await new Promise(setImmediate);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

test("taken back before the dot, the server keeps nothing", async () => {
  const { sink, mailer } = await open();
  expect(await mailer.handOver(await mailTo("ada@example.org", async () => false))).toEqual({ outcome: "fenced" });
  expect(await mailer.handOver(await mailTo("bo@example.org"))).toMatchObject({ outcome: "accepted" });
  expect(sink.mails.map(({ to }) => to[0])).toEqual(["bo@example.org"]);
});

test("the question comes after every byte and before the mail is accepted", async () => {
  const { sink, mailer } = await open();
  let acceptedBefore = -1;
  const mail = await mailTo("ada@example.org", async () => {
    acceptedBefore = sink.mails.length;
    return true;
  });
  await mailer.handOver(mail);
  expect([acceptedBefore, sink.mails.length]).toEqual([0, 1]);
});

test.each(["mail", "rcpt", "dot"] as const)(
  "a server that says 451 at %s defers, one that says 550 refuses",
  async (at) => {
    let code = 451;
    const { sink, mailer } = await open({ script: (moment) => (moment.at === at ? code : undefined) });
    const deferred = await mailer.handOver(await mailTo("ada@example.org"));
    code = 550;
    const refused = await mailer.handOver(await mailTo("ada@example.org"));

    expect(deferred).toMatchObject({ outcome: "deferred", code: 451 });
    expect(refused).toMatchObject({ outcome: "refused", code: 550 });
    expect(JSON.stringify([deferred, refused]), "no address in a reply").not.toContain("@");
    expect(sink.mails).toEqual([]);
  },
);

test.each([
  ["connect", false],
  ["mail", false],
  ["rcpt", false],
  ["dot", true],
] as const)("a connection that breaks at %s is unknown, and only the caller's mark tells more", async (at, marked) => {
  let asked = false;
  const { mailer } = await open({ script: (moment) => (moment.at === at ? "drop" : undefined) });
  const mail = await mailTo("ada@example.org", async () => {
    asked = true;
    return true;
  });
  expect(await mailer.handOver(mail)).toMatchObject({ outcome: "unknown" });
  expect(asked).toBe(marked);
});

test("a server that is not there is unknown, at once", async () => {
  expect(await smtpMailer("smtp://127.0.0.1:1").handOver(await mailTo("ada@example.org"))).toMatchObject({
    outcome: "unknown",
    reason: expect.stringContaining("ECONNREFUSED"),
  });
});

test("a server that is silent after the dot is unknown when the waiting time is over", async () => {
  const { sink } = await open({ script: ({ at }) => (at === "dot" ? "silence" : undefined) });
  const mailer = smtpMailer(sink.url, { socketTimeout: 200 });
  expect(await mailer.handOver(await mailTo("ada@example.org"))).toMatchObject({ outcome: "unknown" });
});

test("a mark that fails sends nothing and throws nothing", async () => {
  const { sink, mailer } = await open();
  const mail = await mailTo("ada@example.org", () => Promise.reject(new Error("database gone")));
  expect(await mailer.handOver(mail)).toMatchObject({ outcome: "unknown" });
  expect(sink.mails).toEqual([]);
});

test("a login that is refused is the operator's trouble, never the recipient's", async () => {
  const options = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === "right" ? done(null, { user: username }) : done(new Error("no")),
  } satisfies SMTPServerOptions;
  const { sink } = await open({ options });
  const withPassword = (password: string) => smtpMailer(sink.url.replace("://", `://paper:${password}@`));

  expect(await withPassword("wrong").handOver(await mailTo("ada@example.org"))).toMatchObject({ outcome: "unknown" });
  expect(await withPassword("right").handOver(await mailTo("ada@example.org"))).toMatchObject({ outcome: "accepted" });
  expect(sink.mails[0]?.user).toBe("paper");
});

test("STARTTLS is used where it is offered, and smtps is TLS from the first byte", async () => {
  const upgraded = await open({ options: { disabledCommands: [] } });
  const direct = await open({ options: { secure: true } });
  for (const { mailer, sink } of [upgraded, direct]) {
    expect(await mailer.handOver(await mailTo("ada@example.org"))).toMatchObject({ outcome: "accepted" });
    expect(sink.mails[0]?.secure).toBe(true);
  }
});

test("a local part beyond ASCII goes only to a server that can read it", async () => {
  const able = await open();
  const unable = await open({ options: { hideSMTPUTF8: true } });
  expect(await able.mailer.handOver(await mailTo("ü@xn--exmple-cua.test"))).toMatchObject({ outcome: "accepted" });
  expect(able.sink.mails[0]?.to[0]).toMatch(/^ü@/);
  expect(await unable.mailer.handOver(await mailTo("ü@xn--exmple-cua.test"))).toMatchObject({
    outcome: "refused",
    reply: expect.stringContaining("ASCII"),
  });
  expect(unable.sink.mails).toEqual([]);
});

test("the outbox keeps the same contract: asked first, whole or not at all, newest first", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "broadsheet-outbox-")), "outbox");
  const mailer = outboxMailer(folder);
  expect(await listOutbox(folder, { limit: 10 })).toEqual([]);
  const seen = await mailTo("ada@example.org", async () => (await listOutbox(folder, { limit: 10 })).length === 0);
  expect(await mailer.handOver(seen)).toMatchObject({ outcome: "accepted" });
  expect(await mailer.handOver(await mailTo("bo@example.org", async () => false))).toEqual({ outcome: "fenced" });
  expect(await mailer.handOver(await mailTo("cy@example.org"))).toMatchObject({ outcome: "accepted" });

  const kept = await listOutbox(folder, { limit: 10 });
  expect(kept.map(({ to }) => to)).toEqual(["cy@example.org", "ada@example.org"]);
  const ages = kept.map(({ keptAt }) => keptAt.until(Temporal.Now.instant()).total("minutes"));
  expect(ages.every((age) => age >= 0 && age < 5)).toBe(true);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(await findOutboxMail(folder, "20261399250000000-1-a")).toBeNull();
  expect(await findOutboxMail(folder, "../secret")).toBeNull();
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        "\r",
        "\n",
        "\0",
        "\u2028",
        "\ud800",
        ",",
        "<",
        ">",
        "=?utf-8?Q?=0A?=",
        "Bcc: eve@example.org",
        "ä",
        " ",
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join("")),
  fc.constant("long ".repeat(2000)),
);

test("no title, name or link can add, remove or break a header, and what was written comes back", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, anyText, async (subject, name, value, text) => {
      const headers = { "List-Id": value, Precedence: "bulk" };
      const raw = await composeMail(
        { subject, text, html: `<p>${text}</p>`, headers },
        { ...frame, from: { ...frame.from, name } },
      );
      const head = raw.toString("latin1").split("\r\n\r\n")[0] ?? "";
      const names = head
        .split("\r\n")
        .filter((line) => !/^[ \t]/.test(line))
        .map((line) => line.split(":")[0]?.toLowerCase());
      const expected = [
        "list-id",
        "precedence",
        "from",
        "to",
        "subject",
        "message-id",
        "date",
        "mime-version",
        "content-type",
      ];
      expect(names.filter((one) => one !== "list-id" && one !== "subject").sort()).toEqual(
        expected.filter((one) => one !== "list-id" && one !== "subject").sort(),
      );
      expect(
        raw
          .toString("latin1")
          .split("\r\n")
          .every((line) => line.length <= 998 && !/[\r\n\0]/.test(line)),
      ).toBe(true);

      const parsed = await simpleParser(raw);
      expect(parsed.from?.value).toEqual([expect.objectContaining({ address: "digest@example.org" })]);
      expect([parsed.to].flat().map((to) => to?.text)).toEqual(["ada@example.org"]);
      expect(parsed.bcc).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

test("our reader of kept mails and mailparser read the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "grapheme", minLength: 1 }),
      async (subject, text) => {
        const raw = await composeMail({ subject: `S ${subject}`, text, html: `<p>${text}</p>` }, frame);
        const [ours, theirs] = [readMail(raw), await simpleParser(raw)];
        expect(ours.subject.trim()).toBe(theirs.subject?.trim());
        expect(ours.text).toBe(theirs.text?.trimEnd());
        expect(ours.html).toBe(String(theirs.html).trimEnd());
      },
    ),
    { numRuns: 100 },
  );
});

test("the size of a part is known before it is sent", async () => {
  const html = `<p>${"Über das langsame Lesen = 読む\n".repeat(500)}</p>`;
  const raw = (await composeMail({ ...content, html }, frame)).toString("latin1");
  const part = raw.slice(raw.indexOf("text/html"));
  const body = part.slice(part.indexOf("\r\n\r\n") + 4, part.lastIndexOf("\r\n--"));
  expect(Math.abs(encodedSize(html) - body.length)).toBeLessThan(200);
});

test("a sender is read with and without a name", () => {
  expect(parseMailbox('"Broad, sheet" <digest@example.org>')).toEqual({
    name: "Broad, sheet",
    address: "digest@example.org",
  });
  expect(parseMailbox("digest@example.org")).toEqual({ name: "", address: "digest@example.org" });
});
