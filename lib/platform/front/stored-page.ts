import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";
import type { HeaderPairs } from "#lib/platform/front/security-headers.ts";

/** A finished answer, as it came from the render. */
export type FinishedPage = {
  status: number;
  contentType: string;
  /** Also sent: Location, the content security policy, … */
  headers: HeaderPairs;
  body: Buffer;
  /** Whether another reader may have it. */
  storable: boolean;
};

/** The same, packed. `packed` is the only copy kept; other encodings are made from it when asked for. */
export type StoredPage = Omit<FinishedPage, "body"> & {
  encoding: Encoding;
  packed: Buffer;
  gzip?: Promise<Buffer>;
  /** Of the unpacked body. */
  hash: string;
  /** What it costs to keep, in bytes, with the gzip copy that may come. */
  cost: number;
};

export type Encoding = "br" | "gzip" | "identity";

const compressBrotli = promisify(brotliCompress);
const decompressBrotli = promisify(brotliDecompress);
const compressGzip = promisify(gzip);

// Measured on a page of 170 KB: quality 5 takes 5 ms for 28 KB; 11 takes 300 ms for 24 KB, too long for one render a minute.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
// Scripts and styles are made by the build and packed once: 122 KB instead of 134 on the way to a first reader.
const BROTLI_ONCE = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const OF_THE_BUILD = /^(text|application)\/(javascript|css)/;
const SMALLEST_WORTH_PACKING = 400;
const COMPRESSIBLE =
  /^(text\/|application\/([\w.+-]*\+)?(json|xml|javascript)|application\/speculationrules|image\/svg)/;
const ENTRY_OVERHEAD = 2000;

export async function packPage({ body, ...page }: FinishedPage): Promise<StoredPage> {
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const pack = COMPRESSIBLE.test(page.contentType) && body.length >= SMALLEST_WORTH_PACKING;
  const brotli = OF_THE_BUILD.test(page.contentType) ? BROTLI_ONCE : BROTLI;
  const packed = pack ? await compressBrotli(body, brotli) : body;
  const cost = ENTRY_OVERHEAD + (pack ? Math.ceil(packed.length * 2.5) : packed.length);
  return { ...page, hash, encoding: pack ? "br" : "identity", packed, cost };
}

/** The best encoding that the client takes and this page has. */
export function chooseEncoding(page: StoredPage, acceptEncoding: string | undefined): Encoding {
  if (page.encoding === "identity" || !acceptEncoding) return "identity";
  if (accepts(acceptEncoding, "br")) return "br";
  return accepts(acceptEncoding, "gzip") ? "gzip" : "identity";
}

export function bodyOf(page: StoredPage, encoding: Encoding): Buffer | Promise<Buffer> {
  if (encoding === page.encoding) return page.packed;
  if (encoding === "identity") return decompressBrotli(page.packed);
  page.gzip ??= decompressBrotli(page.packed).then((body) => compressGzip(body));
  return page.gzip;
}

/** Strong (RFC 9110, 8.8.3): each encoding has its own. */
export function etagOf(page: StoredPage, encoding: Encoding): string {
  return encoding === "identity" ? `"${page.hash}"` : `"${page.hash}-${encoding}"`;
}

/** If-None-Match: a list compared weakly, or `*`. Proxies that compress mark our tag as weak. */
export function isNotModified(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** `br;q=0` says no. */
function accepts(header: string, coding: "br" | "gzip"): boolean {
  for (const part of header.split(",")) {
    const [name = "", ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    if (name !== coding) continue;
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    return weight === undefined || Number(weight.slice(2)) > 0;
  }
  return false;
}
