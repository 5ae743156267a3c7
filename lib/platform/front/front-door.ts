import type { IncomingMessage, ServerResponse } from "node:http";
import { failedPage } from "#lib/platform/front/error-pages.ts";
import { admit } from "#lib/platform/front/gate.ts";
import { log } from "#lib/platform/log.ts";
import { BusyError, type Found, type PageCache } from "#lib/platform/front/page-cache.ts";
import { assetCacheControl, cacheControlOf, type PagePolicy, policyFor } from "#lib/platform/front/page-policy.ts";
import { type PassThrough, passThrough } from "#lib/platform/front/pass-through.ts";
import type { Readiness } from "#lib/platform/front/readiness.ts";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";
import type { Refusal, Target } from "#lib/platform/front/request-target.ts";
import { contentSecurityPolicy, type HeaderPairs } from "#lib/platform/front/security-headers.ts";
import { bodyOf, chooseEncoding, etagOf, isNotModified } from "#lib/platform/front/stored-page.ts";

export type FrontDoor = PassThrough & {
  /** The port that we listen on. */
  port: number;
  /** Finished public pages; null in development, where each page is made anew. */
  cache: PageCache | null;
  checkReadiness: () => Promise<Readiness>;
  isClosing: () => boolean;
  /** By the site's zone. */
  today: () => Temporal.PlainDate;
};

/** Answers every request: the gate first, then the cache for public pages, Next for the rest. Never throws. */
export function frontDoor(door: FrontDoor): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (door.isClosing()) response.setHeader("Connection", "close");
    answer(door, request, response).catch((error: unknown) => fail(door, request, response, error));
  };
}

function fail(door: FrontDoor, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.destroyed) return; // the reader has gone: nobody is there to be told
  if (error instanceof BusyError) {
    refuse(door, request, response, busy);
    return;
  }
  log.error("request-failed", { error: error instanceof Error ? error.message : String(error) });
  if (response.headersSent) response.destroy();
  else send(door, request, response, failedPage({ accept: request.headers.accept, path: request.url ?? "" }));
}

const busy: Refusal = { status: 503, sentence: "Very many pages are asked for at this moment. Try again in a minute." };
const tooLarge: Refusal = { status: 413, sentence: "That is more than 256 KB. Send less at once." };

async function answer(door: FrontDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  // Probes come with the machine's own address as Host: they are answered before the gate, and tell nothing.
  if (url === "/healthz" || url === "/readyz") return probe(door, request, response);
  const admission = admit({ method, url, headers, hosts: countHosts(request) }, door);
  if (admission.kind === "refuse") return refuse(door, request, response, admission);
  if (admission.kind === "redirect") return redirect(door, response, admission.location);
  const { target } = admission;
  if (target.path === SPECULATION_RULES_PATH) return send(door, request, response, speculationRules);
  const policy = policyFor(target, door.today());
  if (door.cache && policy.kind !== "personal" && (method === "GET" || method === "HEAD")) {
    return sendPublic({ ...door, cache: door.cache }, request, response, { target, policy });
  }
  const address = policy.kind === "personal" ? policy.address : `${target.path}${queryText(target)}`;
  const passed = await passThrough(request, response, { ...door, address });
  if (passed.status === "too-large") refuse(door, request, response, tooLarge);
}

type Sent = { status: number; contentType: string; headers: HeaderPairs; body: Buffer };

function send(door: FrontDoor, request: IncomingMessage, response: ServerResponse, page: Sent): void {
  const { status, contentType, headers, body } = page;
  const own: HeaderPairs = [
    ["Content-Type", contentType],
    ["Content-Length", String(body.length)],
  ];
  const caching: HeaderPairs = headers.some(([name]) => name === "Cache-Control")
    ? []
    : [["Cache-Control", "no-store"]];
  response.writeHead(status, [...door.always, ...headers, ...caching, ...own].flat());
  response.end(request.method === "HEAD" ? undefined : body);
}

function refuse(door: FrontDoor, request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const path = request.url ?? "/";
  const { contentType, body } = refusalPage(refusal, { accept: request.headers.accept, path });
  const headers: HeaderPairs = [["Content-Security-Policy", contentSecurityPolicy()]];
  if (refusal.status === 405) headers.push(["Allow", "GET, HEAD, POST"]);
  if (refusal.status === 503) headers.push(["Retry-After", "5"]);
  // Whatever body still comes is not read: the connection ends with this answer.
  if (!request.complete) response.setHeader("Connection", "close");
  send(door, request, response, { status: refusal.status, contentType, headers, body: Buffer.from(body) });
}

function redirect(door: FrontDoor, response: ServerResponse, location: string): void {
  const headers: HeaderPairs = [
    ["Content-Security-Policy", contentSecurityPolicy()],
    ["Cache-Control", "no-store"],
    ["Location", location],
    ["Content-Length", "0"],
  ];
  response.writeHead(307, [...door.always, ...headers].flat()).end();
}

async function probe(door: FrontDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reason = request.url === "/healthz" ? null : await reasonNotReady(door);
  send(door, request, response, {
    status: reason ? 503 : 200,
    contentType: "text/plain; charset=utf-8",
    headers: [["Content-Security-Policy", contentSecurityPolicy()]],
    body: Buffer.from(reason ? `Broadsheet is not ready: ${reason}\n` : "Broadsheet is up\n"),
  });
}

async function reasonNotReady({ isClosing, checkReadiness }: FrontDoor): Promise<string | null> {
  if (isClosing()) return "closing";
  const readiness = await checkReadiness();
  return readiness.ready ? null : readiness.reason;
}

const SPECULATION_RULES_PATH = "/speculation-rules.json";

/** A browser fetches a page of papers when the pointer rests on its link (Chromium; others do not read this). */
const speculationRules: Sent = {
  status: 200,
  contentType: "application/speculationrules+json",
  headers: [
    ["Content-Security-Policy", contentSecurityPolicy()],
    ["Cache-Control", "public, max-age=3600"],
  ],
  body: Buffer.from(
    JSON.stringify({ prefetch: [{ source: "document", where: { href_matches: "/papers*" }, eagerness: "moderate" }] }),
  ),
};

type Wanted = { target: Target; policy: Exclude<PagePolicy, { kind: "personal" }> };

async function sendPublic(
  door: FrontDoor & { cache: PageCache },
  request: IncomingMessage,
  response: ServerResponse,
  { target, policy }: Wanted,
): Promise<void> {
  const wantsData = request.headers.rsc === "1";
  // Data and HTML of one page have different addresses, so that no cache between can take one for the other.
  if (wantsData !== target.query.has("_rsc") && policy.kind === "public") {
    return redirect(door, response, dataAddress(policy.address, wantsData));
  }
  const variant = wantsData && policy.kind === "public" ? "rsc" : "html";
  const found = await door.cache.find({ address: policy.address, variant }, policy.lifetime);
  const { page } = found;
  const encoding = chooseEncoding(page, request.headers["accept-encoding"]);
  const etag = etagOf(page, encoding);
  const always = policy.kind === "public" && policy.embeddable ? door.always.map(forOtherSites) : door.always;
  const headers = [...always, ...page.headers, ...cachingHeaders(found, policy, variant)];
  if (page.storable) headers.push(["ETag", etag]);
  if (page.contentType.startsWith("text/html")) headers.push(["Speculation-Rules", `"${SPECULATION_RULES_PATH}"`]);
  if (page.status === 200 && isNotModified(etag, request.headers["if-none-match"])) {
    response.writeHead(304, headers.flat()).end();
    return;
  }
  const body = await bodyOf(page, encoding);
  headers.push(["Content-Type", page.contentType], ["Content-Length", String(body.length)]);
  if (encoding !== "identity") headers.push(["Content-Encoding", encoding]);
  response.writeHead(page.status, headers.flat()).end(request.method === "HEAD" ? undefined : body);
}

/** A browser lets other sites show this one: a card, an icon in a feed reader. */
function forOtherSites([name, value]: HeaderPairs[number]): HeaderPairs[number] {
  return [name, name === "Cross-Origin-Resource-Policy" ? "cross-origin" : value];
}

function cachingHeaders({ page, age, outcome }: Found, policy: Wanted["policy"], variant: string): HeaderPairs {
  const status: HeaderPairs = [
    ["Cache-Status", outcome === "hit" ? "broadsheet; hit" : `broadsheet; fwd=${outcome}`],
    ["Vary", "Accept-Encoding"],
  ];
  if (!page.storable || variant === "rsc") return [...status, ["Cache-Control", "no-store"]];
  const missing = page.status === 404 ? { freshFor: 10, staleFor: 0 } : policy.lifetime;
  const control = policy.kind === "asset" && page.status === 200 ? assetCacheControl : cacheControlOf(missing);
  return [...status, ["Cache-Control", control], ["Age", String(age)]];
}

function dataAddress(address: string, wantsData: boolean): string {
  if (!wantsData) return address;
  return `${address}${address.includes("?") ? "&" : "?"}_rsc=`;
}

function queryText({ query }: Target): string {
  return query.size > 0 ? `?${query}` : "";
}

function countHosts({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") count++;
  }
  return count;
}
