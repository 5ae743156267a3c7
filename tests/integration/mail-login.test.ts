import { simpleParser } from "mailparser";
import type { SMTPServerOptions } from "smtp-server";
import { expect, test } from "vitest";
import { composeMail } from "#lib/platform/compose-mail.ts";
import { now } from "#lib/platform/clock.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import { startSmtpSink } from "#tests/fakes/smtp-sink.ts";

const frame = {
  from: { name: "Broadsheet", address: "digest@example.org" },
  to: "ada@example.org",
  messageId: "<one@example.org>",
  date: now(),
};
const content = { subject: "On slow reading", text: "We read slowly.", html: "<p>We read slowly.</p>" };

const lines = { plain: {}, STARTTLS: { disabledCommands: [] }, TLS: { secure: true } } satisfies Record<
  string,
  SMTPServerOptions
>;

test.each(Object.keys(lines).flatMap((line) => ["PLAIN", "LOGIN"].map((method) => [line, method] as const)))(
  "over %s a server that knows AUTH %s only is logged in to, and the mail is read back as it was written",
  async (line, method) => {
    let used = "";
    const options = {
      ...lines[line as keyof typeof lines],
      authOptional: false,
      allowInsecureAuth: true,
      authMethods: [method],
      onAuth: (auth, _, done) => {
        used = auth.method;
        done(null, { user: `${auth.username}:${auth.password}` });
      },
    } satisfies SMTPServerOptions;
    const sink = await startSmtpSink({ options });
    const url = `${sink.url.replace("://", "://paper%40example.org:s%3Acret@")}?tls.rejectUnauthorized=false`;
    const mailer = smtpMailer(url);
    expect(
      await mailer.handOver({
        envelope: { from: frame.from.address, to: frame.to },
        raw: await composeMail(content, frame),
        beforeDot: async () => true,
      }),
    ).toMatchObject({ outcome: "accepted" });
    const [mail] = sink.mails;
    expect([used, mail?.user, mail?.secure]).toEqual([method, "paper@example.org:s:cret", line !== "plain"]);
    expect(await simpleParser(mail?.raw ?? "")).toMatchObject({ subject: content.subject, text: content.text });
    mailer.close();
    await sink.stop();
  },
);
