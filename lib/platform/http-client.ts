import { lookup as systemLookup } from "node:dns";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { env } from "#lib/platform/env.ts";
import { isPrivateHost, isPublicAddress } from "#lib/platform/public-address.ts";
import { version } from "#lib/platform/version.ts";

const MEBIBYTE = 2 ** 20;
const MAX_REDIRECTS = 3;

export type UnreachableReason =
  /** Not complete within `totalMs`. */
  | "timeout"
  /** More than `maxBytes` after decompression. */
  | "too-large"
  /** We did not call: the address is not public. */
  | "refused"
  /** Redirected to where we do not go, or too often. */
  | "bad-redirect"
  /** The connection ended before the answer did. */
  | "truncated"
  /** A compression that we cannot undo, or no HTTP. */
  | "bad-answer"
  /** The caller's `signal`. */
  | "stopped"
  /** No name, no route, no connection, no valid certificate. */
  | "network";

/** No answer that could be used. `message` is one sentence for a person, without paths and secrets. */
export class SourceUnreachable extends Error {
  readonly reason: UnreachableReason;
  constructor(reason: UnreachableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SourceUnreachable";
    this.reason = reason;
  }
}

export type FetchOptions = {
  headers?: Record<string, string>;
  /** Bytes after decompression. */
  maxBytes?: number;
  /** For everything: name, connection, redirects, the last byte. */
  totalMs?: number;
  /** Host names to which the source may redirect by https, beside its own. */
  mayRedirectTo?: readonly string[];
  signal?: AbortSignal;
  /** Names to addresses; the system's when left out. */
  lookup?: LookupFunction;
};

/** Any status. `headers` are the wire's, `body` is decompressed, `url` is the address that answered. */
export type FetchedAnswer = { status: number; headers: Headers; body: Uint8Array; url: string };

type Call = Required<Omit<FetchOptions, "signal">> & { source: URL; stop: AbortSignal };

/**
 * GET of an address that the operator configured, bounded in time, bytes and redirects. Only an address whose host is
 * plainly private (localhost, 10.0.0.1) may lead to a private address. No status is an error. Throws `SourceUnreachable`.
 */
export async function fetchBounded(address: string | URL, options: FetchOptions = {}): Promise<FetchedAnswer> {
  const source = new URL(address);
  const { totalMs = 20_000, signal } = options;
  const timeout = AbortSignal.timeout(totalMs);
  const call: Call = {
    headers: {},
    maxBytes: 15 * MEBIBYTE,
    mayRedirectTo: [],
    lookup: systemLookup,
    ...options,
    totalMs,
    source,
    stop: signal ? AbortSignal.any([timeout, signal]) : timeout,
  };
  try {
    return await follow(source, call);
  } catch (error) {
    if (error instanceof SourceUnreachable) throw error;
    const name = source.hostname;
    if (timeout.aborted) {
      throw new SourceUnreachable("timeout", `${name} did not answer in full within ${totalMs / 1000} seconds.`);
    }
    if (signal?.aborted) throw new SourceUnreachable("stopped", `The request to ${name} was stopped.`);
    throw toUnreachable(error, name);
  }
}

/** How we introduce ourselves. A contact only where the site has an address that others can open. */
export function userAgent(siteUrl: string): string {
  const contact = isPrivateHost(new URL(siteUrl).hostname) ? "" : ` (+${siteUrl})`;
  return `Broadsheet/${version}${contact}`;
}

/** True when an answer of `source` may send us on to `target`: itself, or https to an allowed host at the usual port. */
export function mayFollow(target: URL, source: URL, mayRedirectTo: readonly string[]): boolean {
  if (target.origin === source.origin) return true;
  if (target.username || target.password) return false;
  if (target.protocol !== "https:" || target.port !== "" || isPrivateHost(target.hostname)) return false;
  return target.hostname === source.hostname || mayRedirectTo.includes(target.hostname);
}

async function follow(source: URL, call: Call): Promise<FetchedAnswer> {
  let url = source;
  for (let redirects = 0; ; redirects++) {
    const response = await send(url, call);
    const location = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0) && response.headers.location;
    if (!location) return await read(response, url, call);
    response.destroy();
    const target = URL.parse(location, url);
    if (redirects === MAX_REDIRECTS) {
      throw new SourceUnreachable("bad-redirect", `${source.hostname} redirected more than ${MAX_REDIRECTS} times.`);
    }
    if (!target || !mayFollow(target, source, call.mayRedirectTo)) {
      const where = target ? `to ${target.protocol}//${target.host}` : "to something that is no address";
      throw new SourceUnreachable("bad-redirect", `${source.hostname} redirected ${where}, where we do not follow.`);
    }
    url = target;
  }
}

function send(url: URL, call: Call): Promise<IncomingMessage> {
  const mayBePrivate = url.origin === call.source.origin && isPrivateHost(url.hostname);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === "https:" ? tlsRequest : plainRequest)(url, {
    // A connection of its own: arXiv asks for one at a time, and none is left behind.
    agent: false,
    lookup: mayBePrivate ? call.lookup : publicLookup(call.lookup),
    signal: call.stop,
    maxHeaderSize: 32 * 1024,
    headers: { ...call.headers, "user-agent": userAgent(env.siteUrl), "accept-encoding": "gzip, br, deflate" },
  });
  request.on("response", resolve).on("error", reject);
  // The second lock on the same door, for a literal address too, which never reaches the lookup: this is where we are.
  request.on("socket", (socket) =>
    socket.once("connect", () => {
      const connected = socket.remoteAddress ?? "";
      if (!mayBePrivate && !isPublicAddress(connected)) request.destroy(notPublic(url.hostname, connected));
    }),
  );
  request.end();
  return promise;
}

/** Gives only public addresses to the socket that will connect to them: no second look-up for a name to change in. */
function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, []);
      const all = typeof found === "string" ? [{ address: found, family: family ?? isIP(found) }] : found;
      const open = all.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (!first) return callback(notPublic(hostname, all[0]?.address ?? "nowhere"), []);
      return options.all ? callback(null, open) : callback(null, first.address, first.family);
    });
}

function notPublic(hostname: string, address: string): SourceUnreachable {
  const sentence = `${hostname} leads to ${address}, which is no public address, so it was not called.`;
  return new SourceUnreachable("refused", sentence);
}

async function read(response: IncomingMessage, url: URL, { maxBytes }: Call): Promise<FetchedAnswer> {
  const tooLarge = () =>
    new SourceUnreachable("too-large", `${url.hostname} sent more than ${(maxBytes / MEBIBYTE).toFixed(0)} MiB.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (Number(response.headers["content-length"]) > maxBytes) throw tooLarge();
    for await (const chunk of await decompressed(response, url)) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
  }
  const status = response.statusCode ?? 0;
  return { status, headers: toHeaders(response), body: Buffer.concat(chunks, size), url: withoutCredentials(url) };
}

/** The operator may have put a name and a password into the address; the answer's address gets stored and shown. */
function withoutCredentials(url: URL): string {
  return Object.assign(new URL(url), { username: "", password: "" }).href;
}

async function decompressed(response: IncomingMessage, url: URL): Promise<Readable> {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return response;
  const first = await firstByte(response);
  // A 304 has the header and no body; an empty stream is no valid gzip.
  if (first === undefined) return response;
  const decoder = decoderFor(encoding, first);
  if (!decoder) {
    throw new SourceUnreachable("bad-answer", `${url.hostname} answered in a compression that we cannot undo.`);
  }
  return pipeline(response, decoder, () => undefined);
}

async function firstByte(response: IncomingMessage): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  response.once("readable", resolve).once("error", reject);
  await promise;
  const head: Buffer | null = response.read();
  if (head) response.unshift(head);
  return head?.[0];
}

function decoderFor(encoding: string, firstByte: number) {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  if (encoding === "br") return createBrotliDecompress();
  // "deflate" is zlib's format (RFC 9110 8.4.1.2), but some servers send the bare stream: the first byte tells.
  if (encoding === "deflate") return (firstByte & 15) === 8 ? createInflate() : createInflateRaw();
  return null;
}

function toHeaders(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

function toUnreachable(error: unknown, name: string): SourceUnreachable {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const because = { cause: error };
  if (code === "ECONNREFUSED") {
    return new SourceUnreachable("network", `${name} refused the connection.`, because);
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new SourceUnreachable("network", `The name ${name} could not be found; is this machine online?`, because);
  }
  if (code === "ECONNRESET" || code === "Z_BUF_ERROR") {
    return new SourceUnreachable("truncated", `${name} ended the connection before its answer was complete.`, because);
  }
  if (/^(HPE_|Z_|ERR_BROTLI|ERR__ERROR_FORMAT)/.test(code)) {
    return new SourceUnreachable("bad-answer", `${name} answered with something that is no HTTP.`, because);
  }
  return new SourceUnreachable("network", `The connection to ${name} failed (${code}).`, because);
}
