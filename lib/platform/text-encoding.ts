import { isUtf8 } from "node:buffer";

const marks: [string, number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
  // XML without a mark: its first two characters give the width away (XML 1.0, appendix F).
  ["utf-16le", [0x3c, 0x00, 0x3f, 0x00]],
  ["utf-16be", [0x00, 0x3c, 0x00, 0x3f]],
];

/**
 * The text of an answer's bytes. Encoding: byte order mark, then the charset of `contentType`, then the XML declaration,
 * else UTF-8; a charset that nobody knows counts as not said. Bytes that do not fit become U+FFFD. Never throws.
 *
 * What calls itself Latin-1 and is flawless UTF-8 is UTF-8: servers add that charset unasked, and no text in Latin-1 reads
 * as UTF-8 by chance. Believed, "Łąka" would become "ÅÄ…ka", which nobody can tell from a better reading later.
 */
export function decodeText(body: Uint8Array, contentType: string | null): string {
  const decoder =
    decoderFor(markedEncoding(body)) ?? decoderFor(charsetOf(contentType)) ?? decoderFor(declaredEncoding(body));
  const mislabelled = decoder?.encoding === "windows-1252" && isUtf8(body);
  return withoutControls((decoder && !mislabelled ? decoder : new TextDecoder()).decode(body));
}

/**
 * The text without NUL and the other control characters, tab and line ends excepted, and without halves of surrogate
 * pairs: Postgres takes none of them. For text whose escapes (`&#0;`, `\u0000`) were resolved after `decodeText`.
 */
export function withoutControls(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, "");
}

function markedEncoding(body: Uint8Array): string | undefined {
  return marks.find(([, bytes]) => bytes.every((byte, index) => body[index] === byte))?.[0];
}

function charsetOf(contentType: string | null): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? "")?.[1];
}

function declaredEncoding(body: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(body.subarray(0, 200));
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
}

function decoderFor(encoding: string | undefined): TextDecoder | undefined {
  if (encoding === undefined) return undefined;
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined;
  }
}
