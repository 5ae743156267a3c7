import { composeMail, type Mailbox, type MailFrame, type PlainContent } from "#lib/platform/compose-mail.ts";

/** For whom a copy is. `words`: what stands in the holes, in their order. */
type MailCopy = Pick<MailFrame, "to" | "messageId" | "date"> & { words: readonly string[] };

/** A mail of which many get a copy: each has its address, id and date, and words of its own. */
export type MailTemplate = { copyFor(copy: MailCopy): Promise<Buffer> };

/** What stands between two holes, and the hole after it: whose word, and where it is broken over lines (quoted-printable). */
type Piece = { before: Buffer; hole: number; breaks: readonly number[] };

// Found in the made mail, and replaced by the copy's own. No title can hold it: it is drawn at each start.
const NOBODY = crypto.randomUUID();
const ADDRESS = `nobody@${NOBODY}.invalid`;
const LONG_AGO = Temporal.Instant.from("2001-01-01T00:00:00Z");

/**
 * Makes the mail once, so that a copy costs no more than putting its pieces together: making one of 60 kB takes some 4 ms. `holes`
 * are words of letters, digits, dashes and dots, nowhere in it but where they are meant to be replaced. A copy is, byte for byte, what
 * `composeMail` would have made; where a word's length or dots are not those of its hole, it is made by that.
 */
export async function prepareMail(
  content: PlainContent,
  { from, holes }: { from: Mailbox; holes: readonly string[] },
): Promise<MailTemplate> {
  const shape = { to: ADDRESS, messageId: `<${NOBODY}@nowhere>`, date: LONG_AGO };
  const { to, messageId } = shape;
  const made = (await composeMail(content, { from, ...shape })).toString("latin1");
  const all = [to, messageId, dateOf(LONG_AGO), ...holes];
  const { pieces, end } = cutAt(made, all);
  return {
    async copyFor(copy) {
      const words = [copy.to, copy.messageId, dateOf(copy.date), ...copy.words];
      const fits = isPlainAddress(copy.to) && holes.every((hole, index) => fitsInto(hole, copy.words[index] ?? ""));
      if (!fits) return composeMail(replaceIn(content, holes, copy.words), { from, ...copy });
      const parts = pieces.flatMap(({ before, hole, breaks }) => [
        before,
        Buffer.from(broken(words[hole] ?? "", breaks), "latin1"),
      ]);
      return Buffer.concat([...parts, end]);
    },
  };
}

function cutAt(made: string, holes: readonly string[]): { pieces: Piece[]; end: Buffer } {
  const pattern = holes
    .map((hole) => `(${[...hole].map((letter) => RegExp.escape(letter)).join("(?:=\r\n)?")})`)
    .join("|");
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of made.matchAll(new RegExp(pattern, "g"))) {
    const hole = match.slice(1).findIndex((group) => group !== undefined);
    pieces.push({ before: Buffer.from(made.slice(at, match.index), "latin1"), hole, breaks: breaksIn(match[0]) });
    at = match.index + match[0].length;
  }
  return { pieces, end: Buffer.from(made.slice(at), "latin1") };
}

const SOFT_BREAK = "=\r\n";

/** After how many letters of the word a line ends. */
function breaksIn(typed: string): number[] {
  const lines = typed.split(SOFT_BREAK);
  return lines.slice(0, -1).map((_, index) => lines.slice(0, index + 1).join("").length);
}

function broken(word: string, breaks: readonly number[]): string {
  if (breaks.length === 0) return word;
  const lines = [0, ...breaks].map((from, index) => word.slice(from, breaks[index]));
  return lines.join(SOFT_BREAK);
}

/** nodemailer breaks lines by length, and before dots. */
function fitsInto(hole: string, word: string): boolean {
  return /^[\w.-]+$/.test(word) && hole.replace(/[^.]/g, "x") === word.replace(/[^.]/g, "x");
}

/** One that stands in a header as it is, on one line with the header's name. */
function isPlainAddress(address: string): boolean {
  return /^[\w.+-]+@[a-z\d.-]+$/.test(address) && address.length <= 70;
}

function dateOf(date: Temporal.Instant): string {
  return new Date(date.epochMilliseconds).toUTCString().replace("GMT", "+0000");
}

function replaceIn(
  { subject, text, html, headers = {} }: PlainContent,
  holes: readonly string[],
  words: readonly string[],
): PlainContent {
  const filled = (part: string) =>
    holes.reduce((sofar, hole, index) => sofar.replaceAll(hole, words[index] ?? ""), part);
  const entries = Object.entries(headers).map(([name, value]) => [name, filled(value)]);
  return {
    subject,
    text: filled(text),
    ...(html !== undefined && { html: filled(html) }),
    headers: Object.fromEntries(entries),
  };
}
