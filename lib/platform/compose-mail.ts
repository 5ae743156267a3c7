import MailComposer from "nodemailer/lib/mail-composer";
import { encode, wrap } from "nodemailer/lib/qp";

/** What a mail says. Header names are ours; header values and the subject may hold any text. */
export type MailContent = { subject: string; text: string; html: string; headers?: Record<string, string> };

/** The same without HTML, for who wants text alone. */
export type PlainContent = Omit<MailContent, "html"> & { html?: string };

export type MailFrame = { from: Mailbox; to: string; messageId: string; date: Temporal.Instant };

export type Mailbox = { name: string; address: string };

const MAX_HEADER_LENGTH = 500;

/**
 * The bytes of a mail: multipart/alternative, text first, or without HTML the text alone; UTF-8, lines that every server takes.
 * Reads no file and no address.
 */
export async function composeMail(
  { subject, text, html, headers = {} }: PlainContent,
  { from, to, messageId, date }: MailFrame,
): Promise<Buffer> {
  const node = new MailComposer({
    from: { name: oneLine(from.name), address: from.address },
    to: { name: "", address: to },
    subject: oneLine(subject),
    messageId,
    date: new Date(date.epochMilliseconds),
    headers: Object.entries(headers).map(([key, value]) => toHeader(key, oneLine(value))),
    // Quoted-printable for both, so that the size of a part can be known before (encodedSize).
    text: { content: wholeLines(text), contentTransferEncoding: "quoted-printable" },
    ...(html !== undefined && {
      html: { content: wholeLines(html), contentTransferEncoding: "quoted-printable" },
    }),
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return node.build();
}

/** Plain words are written as they are: folded, a long List-Unsubscribe would begin with an empty line. */
function toHeader(key: string, value: string) {
  return /^[\x20-\x7e]{1,900}$/.test(value) ? { key, value: { prepared: true, value } } : { key, value };
}

/** How many bytes a part takes in the mail: Gmail clips by these, not by characters. */
export function encodedSize(part: string): number {
  return wrap(encode(part.replace(/\r?\n/g, "\r\n"))).length;
}

/** `Broadsheet <digest@example.org>` or `digest@example.org`, as checked by env.ts. */
export function parseMailbox(text: string): Mailbox {
  const [, name = "", address] = /^([^<]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  return address ? { name: name.trim().replace(/^"(.*)"$/, "$1"), address } : { name: "", address: text.trim() };
}

/** A lone carriage return would be a line end to some servers and none to others; an empty part is none to nodemailer. */
function wholeLines(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n") || "\n";
}

/** A header is one line, whatever was in the text: what would break it becomes a space. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, MAX_HEADER_LENGTH)
    .toWellFormed();
}
