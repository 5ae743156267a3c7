import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isEmptyErrorPage, readableErrorPage } from "#lib/platform/front/error-pages.ts";
import { type AskInside, readBody } from "#lib/platform/front/in-process-http.ts";
import type { PageRequest } from "#lib/platform/front/page-cache.ts";
import { sealScripts } from "#lib/platform/front/seal-scripts.ts";
import { contentSecurityPolicy, type HeaderPairs } from "#lib/platform/front/security-headers.ts";
import type { FinishedPage } from "#lib/platform/front/stored-page.ts";

const RENDER_LIMIT_MS = 20_000;
const LARGEST_PAGE = 16 * 1024 * 1024;
const STORABLE_STATUS = [200, 301, 308, 404];
// A route may add these to a public page; anything else that it sets stays inside.
const KEPT_HEADERS = [
  "location",
  "content-disposition",
  "content-language",
  "access-control-allow-origin",
  "x-robots-tag",
  "retry-after",
];

/**
 * Makes public pages. The request to Next is built from the page's key and from nothing else: no header, cookie or Host
 * of a client can change what everybody reads. A route keeps an answer of its own from being stored by the response
 * header `x-broadsheet-cache: no`, a page by metadata of that name (`other: { "x-broadsheet-cache": "no" }`).
 */
export function pageRenderer({ ask, origin }: { ask: AskInside; origin: string }) {
  const ours = siteHeaders(origin);

  return async ({ address, variant }: PageRequest): Promise<FinishedPage> => {
    const nonce = makeNonce();
    const message = await ask({
      method: "GET",
      address: variant === "rsc" ? withFlightKey(address) : address,
      headers: {
        ...ours,
        "x-forwarded-for": "127.0.0.1",
        accept: "*/*",
        // Without one Next sends a page's metadata after the page, for scripts to move: readers of heads have none.
        "user-agent": "Broadsheet",
        ...(variant === "rsc" ? { rsc: "1" } : nonceHeader(nonce)),
      },
      signal: AbortSignal.timeout(RENDER_LIMIT_MS),
    });
    const path = address.split("?", 1)[0] ?? address;
    const body = await readBody(message, LARGEST_PAGE);
    if (!body) throw new Error(`The page ${path} is longer than ${LARGEST_PAGE} bytes.`);
    const status = message.statusCode ?? 500;
    if (variant === "html" && isEmptyErrorPage(status, body.toString())) {
      return readableErrorPage(status, { ask, headers: ours, accept: "text/html", path });
    }
    return finish(message, body, { nonce, variant });
  };
}

/** What Next is told about where it is, always: the operator's word, never a client's. */
export function siteHeaders(origin: string): { host: string; "x-forwarded-host": string; "x-forwarded-proto": string } {
  const { host, protocol } = new URL(origin);
  return { host, "x-forwarded-host": host, "x-forwarded-proto": protocol.slice(0, -1) };
}

/** 128 bits, of characters that mean nothing in HTML, JSON and headers. */
export function makeNonce(): string {
  return randomBytes(16).toString("hex");
}

/** Next takes the nonce for its scripts from a policy in the request. */
export function nonceHeader(nonce: string): { "content-security-policy": string } {
  return { "content-security-policy": `script-src 'nonce-${nonce}'` };
}

/** Next 16 answers data requests only where `_rsc` is the hash of its router's headers: empty when there are none. */
function withFlightKey(address: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}_rsc=`;
}

type Making = { nonce: string; variant: PageRequest["variant"] };

function finish(message: IncomingMessage, body: Buffer, making: Making): FinishedPage {
  const status = message.statusCode ?? 500;
  const contentType = message.headers["content-type"] ?? "application/octet-stream";
  const storable = STORABLE_STATUS.includes(status) && isShareable(message, contentType, making);
  const kept = { status, contentType, storable };
  if (!contentType.startsWith("text/html")) return { ...kept, body, headers: keptHeaders(message, []) };
  const { html, scripts } = sealScripts(body.toString(), making.nonce);
  const mayBeKept = storable && !html.includes(GAVE_UP) && !html.includes(NOT_TO_BE_KEPT);
  return { ...kept, storable: mayBeKept, body: Buffer.from(html), headers: keptHeaders(message, scripts) };
}

/** React leaves this where a part of the page failed after its beginning was sent: the status says 200 all the same. */
const GAVE_UP = "<!--$!-->";
const NOT_TO_BE_KEPT = '<meta name="x-broadsheet-cache" content="no"/>';

function isShareable({ headers }: IncomingMessage, contentType: string, { variant }: Making): boolean {
  const isFlight = contentType.startsWith("text/x-component");
  return !headers["set-cookie"] && headers["x-broadsheet-cache"] !== "no" && isFlight === (variant === "rsc");
}

function keptHeaders({ headers }: IncomingMessage, scripts: string[]): HeaderPairs {
  const kept: HeaderPairs = [["Content-Security-Policy", contentSecurityPolicy(scripts)]];
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (typeof value === "string") kept.push([name, value]);
  }
  return kept;
}
