import { createElement } from "react";
import { render } from "react-email";
import { Digest } from "#emails/digest.tsx";
import { composeDigest } from "#lib/digest/compose-digest.ts";
import { digestText } from "#lib/digest/digest-text.ts";
import type { DigestEdition } from "#lib/digest/types.ts";
import { signMail } from "#lib/platform/dkim.ts";
import { env } from "#lib/platform/env.ts";
import { type MailTemplate, prepareMail } from "#lib/platform/mail-template.ts";
import { routes } from "#lib/platform/routes.ts";
import { mailHost, sender } from "#lib/platform/sender.ts";
import { site } from "#lib/platform/site-config.ts";
import { preferencesToken, unsubscribeToken } from "#lib/subscribers/tokens.ts";

/** A digest with everything in it but the reader's own ways out of it. */
export type WrittenDigest = {
  subject: string;
  text: string;
  html: string;
  /** The mail of which readers get copies, made when the first one is: as text alone, or with HTML. */
  mailFor: (reader: { plainText: boolean }) => Promise<MailTemplate>;
};

// The tokens of nobody: they stand in a written digest where each reader's own will be. No title can hold them, since they are
// drawn at each start.
const nobody = once(() => tokensOf(crypto.randomUUID()));
/** The digest as it is mailed. `mark` stands before its subject. */
export async function writeDigest(edition: DigestEdition, { mark = "" } = {}): Promise<WrittenDigest> {
  const content = composeDigest(edition, { siteUrl: env.siteUrl });
  const props = { siteName: site.name, ...linksOf(nobody()) };
  const html = await render(createElement(Digest, { ...content, ...props }));
  return toCopy({
    subject: `${mark}${content.subject}`,
    html,
    text: digestText(content, props),
    name: content.name,
  });
}

/** Whom a copy is for. `id`: of its delivery. */
type Copy = { id: string; subscriberId: string; email: string; plainText?: boolean };

/** The bytes for one reader: the digest with that reader's ways out. */
export async function addressDigest(
  { mailFor }: WrittenDigest,
  { id, subscriberId, email, plainText = false }: Copy,
  { now }: { now: Temporal.Instant },
): Promise<Buffer> {
  const mail = await mailFor({ plainText });
  // The id is the delivery's: two copies of one delivery, should there ever be two, are known as one.
  const frame = { to: email, messageId: `<${id}@${mailHost}>`, date: now };
  return signMail(await mail.copyFor({ ...frame, words: Object.values(tokensOf(subscriberId)) }));
}

function toCopy({ name, html, ...written }: Omit<WrittenDigest, "mailFor"> & { name: string }): WrittenDigest {
  const headers = digestHeaders(name, `${env.siteUrl}${routes.unsubscribeOneClick(nobody().unsubscribe)}`);
  const frame = { from: sender, holes: Object.values(nobody()) };
  const whole = once(() => prepareMail({ ...written, html, headers }, frame));
  const plain = once(() => prepareMail({ ...written, headers }, frame));
  return { ...written, html, mailFor: ({ plainText }) => (plainText ? plain() : whole()) };
}

function tokensOf(subscriberId: string): { unsubscribe: string; preferences: string } {
  return { unsubscribe: unsubscribeToken(subscriberId), preferences: preferencesToken(subscriberId) };
}

function linksOf({ unsubscribe, preferences }: ReturnType<typeof tokensOf>) {
  return {
    unsubscribeUrl: `${env.siteUrl}${routes.unsubscribe(unsubscribe)}`,
    preferencesUrl: `${env.siteUrl}${routes.preferences(preferences)}`,
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** RFC 8058 and 2369 (unsubscribe), 2919 (list), 3834 (automatic); Feedback-ID as Gmail reads it, the same for all readers. */
function digestHeaders(name: string, oneClickUrl: string): Record<string, string> {
  return {
    "List-Unsubscribe": `<${oneClickUrl}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Id": `<digest.${mailHost}>`,
    "Auto-Submitted": "auto-generated",
    Precedence: "bulk",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
    "Feedback-ID": `${name}:digest:broadsheet`,
  };
}
