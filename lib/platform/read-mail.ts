/** A mail as one reads it: what composeMail made, read back. */
export type KeptMail = {
  headers: { name: string; value: string }[];
  subject: string;
  to: string;
  text: string;
  html: string;
};

/** Reads a mail of ours: two parts or the text alone, quoted-printable. Not a reader of the world's mail. */
export function readMail(raw: Buffer): KeptMail {
  const { headers, body } = split(raw.toString("latin1"));
  const header = (name: string) => headers.find((line) => line.name.toLowerCase() === name)?.value ?? "";
  const boundary = /boundary="?([^";]+)"?/i.exec(header("content-type"))?.[1];
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => split(part.replace(/^\r?\n/, "")))
    : [{ headers, body }];
  const partOf = (type: string) => decodePart(parts.find(({ headers }) => hasType(headers, type))?.body ?? "");
  return {
    headers,
    subject: header("subject"),
    to: header("to"),
    text: partOf("text/plain"),
    html: partOf("text/html"),
  };
}

function split(message: string): { headers: KeptMail["headers"]; body: string } {
  const end = /\r?\n\r?\n/.exec(message);
  const head = end ? message.slice(0, end.index) : message;
  const headers = head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
      return name ? [{ name, value: decodeWords(value ?? "") }] : [];
    });
  return { headers, body: end ? message.slice(end.index + end[0].length) : "" };
}

function hasType(headers: KeptMail["headers"], type: string): boolean {
  return headers.some(({ name, value }) => name.toLowerCase() === "content-type" && value.startsWith(type));
}

function decodePart(body: string): string {
  return decodeQuoted(body.replace(/=\r?\n/g, ""), /=([0-9A-F]{2})/gi)
    .replace(/\r\n/g, "\n")
    .trimEnd();
}

/** Encoded words of RFC 2047. The space between two of them is not part of the text. */
function decodeWords(value: string): string {
  const joined = Buffer.from(value, "latin1")
    .toString()
    .replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
    encoding.toUpperCase() === "B"
      ? Buffer.from(text, "base64").toString()
      : decodeQuoted(text.replaceAll("_", " "), /=([0-9A-F]{2})/gi),
  );
}

function decodeQuoted(text: string, escapes: RegExp): string {
  const bytes = text.replace(escapes, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
