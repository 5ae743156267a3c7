import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Answer } from "#tests/fakes/world.ts";

/** One way in which a source goes wrong. */
export type Fault =
  /** An answer with this status; body and type are an HTML page when left out. */
  | { kind: "status"; status: number; retryAfter?: string; body?: string; contentType?: string }
  /** Announces the whole, sends half and closes the connection. */
  | { kind: "truncated" }
  /** Sends half as if it were the whole. */
  | { kind: "half-document" }
  /** The body byte by byte. */
  | { kind: "drip"; everyMs?: number }
  /** A small gzip body that unpacks to so many megabytes. */
  | { kind: "bomb"; megabytes?: number }
  /** Takes the request and never answers. */
  | { kind: "hang" }
  /** Closes the connection without an answer. */
  | { kind: "reset" }
  /** No papers, in a valid answer; the Atom feed keeps its total, as arXiv's does on a bad day, or says 0. */
  | { kind: "empty"; total?: "kept" | "zero" }
  /** A valid answer with only the first so many of its papers; a search result keeps its total. */
  | { kind: "cut"; keep: number }
  /** A well-formed feed of somebody else, or JSON that is no list. */
  | { kind: "wrong-feed" }
  | { kind: "redirect"; to: string; status?: number }
  /** The bytes are in one encoding, the header says another (null: none). */
  | { kind: "charset"; bytes: BufferEncoding; says: string | null }
  /** The same body under a tag never seen before. */
  | { kind: "new-etag" }
  /** The same body under the tag with `W/` put before it. */
  | { kind: "weak-etag" };

/** `path`: where it strikes, as the beginning of the address's path (everywhere). `times`: how often (1). */
export type ArmedFault = Fault & { path?: string; times?: number };

type Body = { status: number; headers: Record<string, string>; body: string | Buffer };

let tags = 0;

/** The answer with the fault in it. Faults of the connection leave it as it is. */
export function spoil(answer: Answer, fault: Fault): Body {
  const { status, headers, body } = answer;
  switch (fault.kind) {
    case "status":
      return statusAnswer(fault);
    case "half-document":
      return { status, headers, body: body.slice(0, body.length / 2) };
    case "empty":
      return { status, headers: withoutTag(headers), body: emptied(body, fault.total ?? "kept") };
    case "cut":
      return { status, headers, body: cut(body, fault.keep) };
    case "wrong-feed":
      return { status, headers: withoutTag(headers), body: body.startsWith("<") ? otherFeed : '{"message":"hello"}' };
    case "redirect":
      return { status: fault.status ?? 302, headers: { location: fault.to }, body: "" };
    case "charset":
      return { status, headers: withCharset(headers, fault.says), body: Buffer.from(body, fault.bytes) };
    case "new-etag":
      return { status, headers: { ...headers, etag: `"another-${++tags}"` }, body };
    case "weak-etag":
      return { status, headers: { ...headers, etag: `W/${(headers.etag ?? '"none"').replace(/^W\//, "")}` }, body };
    default:
      return answer;
  }
}

/** Plays a fault of the connection. False when it is none: then the answer is to be sent as usual. */
export function sendFaulty(response: ServerResponse, { status, headers, body }: Body, fault: Fault): boolean {
  const bytes = Buffer.from(body);
  switch (fault.kind) {
    case "truncated":
      response.writeHead(status, { ...headers, "content-length": bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.end());
      return true;
    case "drip":
      response.writeHead(status, headers);
      drip(response, bytes, fault.everyMs ?? 100);
      return true;
    case "bomb":
      response.writeHead(status, { ...headers, "content-encoding": "gzip" });
      response.end(bomb(fault.megabytes ?? 300));
      return true;
    case "hang":
      return true;
    case "reset":
      response.socket?.destroy();
      return true;
    default:
      return false;
  }
}

function statusAnswer({ status, retryAfter, body, contentType }: Extract<Fault, { kind: "status" }>): Body {
  const page = `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>Error ${status}</h1></body></html>\n`;
  const headers = { "content-type": contentType ?? "text/html; charset=utf-8" };
  return { status, headers: { ...headers, ...(retryAfter && { "retry-after": retryAfter }) }, body: body ?? page };
}

function withoutTag({ etag: _, ...headers }: Record<string, string>): Record<string, string> {
  return headers;
}

function withCharset(headers: Record<string, string>, says: string | null): Record<string, string> {
  const type = (headers["content-type"] ?? "text/plain").replace(/;.*$/, "");
  return { ...headers, "content-type": says === null ? type : `${type}; charset=${says}` };
}

function emptied(body: string, total: "kept" | "zero"): string {
  if (!body.startsWith("<")) return "[]";
  const without = body.replace(/ *<(entry|item)>.*<\/\1>\n/s, "");
  return total === "kept" ? without : without.replace(/(<opensearch:totalResults>)\d+/, "$10");
}

function cut(body: string, keep: number): string {
  if (!body.startsWith("<")) return JSON.stringify(JSON.parse(body).slice(0, keep));
  let seen = 0;
  return body.replace(/ *<(entry|item)>.*?<\/\1>\n/gs, (one) => (seen++ < keep ? one : ""));
}

const otherFeed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Gardening weekly</title><link>https://gardening.example/</link><description>Roses</description>
<item><title>When to prune</title><link>https://gardening.example/prune</link><description>In March.</description></item>
</channel></rss>
`;

function drip(response: ServerResponse, bytes: Buffer, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < bytes.length) return void response.write(bytes.subarray(sent, ++sent));
    clearInterval(timer);
    response.end();
  }, everyMs);
  response.once("close", () => clearInterval(timer));
}

/** Ten megabytes of zeros, many times over: gzip members that follow each other are one stream (RFC 1952 2.2). */
function bomb(megabytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(10_000_000));
  return Buffer.concat(Array.from({ length: Math.ceil(megabytes / 10) }, () => member));
}
