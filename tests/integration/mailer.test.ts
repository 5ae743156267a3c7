import { once } from "node:events";
import { mkdtempSync, readdirSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { now } from "#lib/platform/clock.ts";
import { composeMail } from "#lib/platform/compose-mail.ts";
import { parseEmailAddress } from "#lib/platform/email-address.ts";
import type { HandOver, Mailer } from "#lib/platform/mailer.ts";
import { findOutboxMail, listOutbox, outboxMailer } from "#lib/platform/outbox.ts";
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

test("a domain beyond ASCII is Punycode on the wire, whatever the server can read", async () => {
  const said: string[] = [];
  // By hand, because a kept server would show the name as it reads it.
  const server = createServer((socket) => {
    socket.setEncoding("utf8").write("220 ready\r\n");
    socket.on("data", (line: string) => {
      said.push(line);
      if (line.startsWith("EHLO")) socket.write("250-here\r\n250 SMTPUTF8\r\n");
      else socket.write(line.startsWith("RCPT") ? "550 no\r\n" : "250 ok\r\n");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const mailer = smtpMailer(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const mail = await mailTo(parseEmailAddress("ada@exämple.test")?.email ?? "");
    await mailer.handOver(mail);
    expect(said.filter((line) => line.startsWith("RCPT"))).toEqual(["RCPT TO:<ada@xn--exmple-cua.test>\r\n"]);
    expect(String(mail.raw)).toContain("To: ada@xn--exmple-cua.test");
  } finally {
    mailer.close();
    server.close();
  }
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
