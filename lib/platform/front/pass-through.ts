import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { clientAddressHeader } from "#lib/platform/client-address.ts";
import { isEmptyErrorPage, readableErrorPage } from "#lib/platform/front/error-pages.ts";
import { type AskInside, readBody } from "#lib/platform/front/in-process-http.ts";
import { makeNonce, nonceHeader, siteHeaders } from "#lib/platform/front/render-page.ts";
import { contentSecurityPolicy, type HeaderPairs } from "#lib/platform/front/security-headers.ts";
import { clientAddress } from "#lib/platform/front/trusted-proxies.ts";

const LARGEST_BODY = 256 * 1024;
const ANSWER_LIMIT_MS = 30_000;
// A scheduler waits for the job itself: a gathering takes minutes when arXiv is slow.
const CRON_LIMIT_MS = 15 * 60_000;
const LARGEST_ERROR_PAGE = 1024 * 1024;

/**
 * What of a client's headers reaches Next on a personal page. A list of what may pass, because the list of what must
 * not (x-middleware-subrequest, x-matched-path, x-invoke-*, next-resume, …) grows with each release.
 */
const PASSING = [
  "accept",
  "accept-language",
  "authorization",
  "content-type",
  "cookie",
  "next-action",
  "next-router-state-tree",
  "origin",
  "referer",
  "rsc",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "user-agent",
];

/** Ours to say, or of the connection only. A policy that a route sets is sent beside ours: browsers obey both. */
const STAYS_INSIDE =
  /^(connection|keep-alive|transfer-encoding|date|cache-control|x-powered-by|x-broadsheet-.*|x-content-type-options|referrer-policy|cross-origin-.*|x-frame-options|strict-transport-security)$/i;

export type PassThrough = {
  ask: AskInside;
  origin: string;
  trustedProxies: readonly string[];
  /** Sent on every answer. */
  always: HeaderPairs;
  /** In development: a wider policy than the one by nonce, and Next's own error pages, which explain. */
  developmentPolicy?: string;
};

export type Passed = { status: "answered" } | { status: "too-large" };

/** Hands a request for a personal page to Next, and its answer back, never to be kept by anybody. */
export async function passThrough(
  request: IncomingMessage,
  response: ServerResponse,
  { ask, origin, address, ...options }: PassThrough & { address: string },
): Promise<Passed> {
  const method = request.method ?? "GET";
  const isUnsafe = method !== "GET" && method !== "HEAD";
  const body = isUnsafe ? await readBody(request, LARGEST_BODY) : undefined;
  if (body === null) return { status: "too-large" };
  const nonce = makeNonce();
  const policy = options.developmentPolicy ?? contentSecurityPolicy([`'nonce-${nonce}'`]);
  const answer = await ask({
    method,
    address,
    headers: { ...headersForNext(request, origin, options.trustedProxies), ...nonceHeader(nonce) },
    body,
    signal: AbortSignal.any([AbortSignal.timeout(limitFor(address)), whenClosed(response)]),
  });
  const pairs: HeaderPairs = [
    ...options.always,
    ["Content-Security-Policy", policy],
    ["Cache-Control", "private, no-store"],
  ];
  const status = answer.statusCode ?? 500;
  if ((status >= 500 || (status >= 400 && isHtml(answer))) && method !== "HEAD" && !options.developmentPolicy) {
    await sendReadable(response, answer, pairs, { ask, origin, address });
  } else {
    response.writeHead(status, [...pairs, ...answersOwn(answer)].flat());
    await pipeline(answer, response);
  }
  return { status: "answered" };
}

/** Names that begin with x-broadsheet- are always ours: a client cannot forge them, it can only be described by them. */
function headersForNext(
  { headers, socket }: IncomingMessage,
  origin: string,
  trustedProxies: readonly string[],
): OutgoingHttpHeaders {
  const passing = PASSING.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  const forwardedFor = headers["x-forwarded-for"]?.toString();
  const client = clientAddress({ remoteAddress: socket.remoteAddress, forwardedFor }, trustedProxies);
  return {
    ...Object.fromEntries(passing),
    ...siteHeaders(origin),
    "x-forwarded-for": client,
    [clientAddressHeader]: client,
    // Whether anybody stands between us and the reader: what is shown on this machine only must then stay hidden.
    ...(wasForwarded(headers) && { "x-broadsheet-forwarded": "1" }),
  };
}

function wasForwarded(headers: IncomingMessage["headers"]): boolean {
  return Object.keys(headers).some((name) => /^(forwarded|via|x-forwarded(-.*)?|x-real-ip)$/.test(name));
}

async function sendReadable(
  response: ServerResponse,
  answer: IncomingMessage,
  pairs: HeaderPairs,
  { ask, origin, address }: { ask: AskInside; origin: string; address: string },
): Promise<void> {
  const status = answer.statusCode ?? 500;
  const html = await readBody(answer, LARGEST_ERROR_PAGE);
  if (html && !isEmptyErrorPage(status, html.toString())) {
    response.writeHead(status, [...pairs, ...answersOwn(answer)].flat()).end(html);
    return;
  }
  const headers = siteHeaders(origin);
  const page = await readableErrorPage(status, { ask, headers, accept: "text/html", path: address });
  response.writeHead(page.status, [...pairs, ["Content-Type", page.contentType]].flat()).end(page.body);
}

function answersOwn({ rawHeaders }: IncomingMessage): HeaderPairs {
  const pairs: HeaderPairs = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    if (!STAYS_INSIDE.test(name)) pairs.push([name, value]);
  }
  return pairs;
}

function limitFor(address: string): number {
  return address.startsWith("/api/cron/") ? CRON_LIMIT_MS : ANSWER_LIMIT_MS;
}

function isHtml({ headers }: IncomingMessage): boolean {
  return headers["content-type"]?.startsWith("text/html") ?? false;
}

function whenClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return closed.signal;
}
