import { parseTarget, type Refusal, type Target } from "#lib/platform/front/request-target.ts";

/** What the gate looks at: a request line and its headers. */
export type Knock = {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  /** How many Host headers came: Node keeps only the first in `headers`. */
  hosts: number;
};

export type GateRules = {
  /** Where the site is: SITE_URL's origin. */
  origin: string;
  /** The port that we listen on. */
  port: number;
};

export type Admission =
  | { kind: "pass"; target: Target }
  | ({ kind: "refuse" } & Refusal)
  | { kind: "redirect"; location: string };

const SAFE_METHODS = ["GET", "HEAD"];
const UNSAFE_METHODS = ["POST", "PUT", "PATCH", "DELETE"];

/** A mail program's one-click unsubscription (RFC 8058), schedulers and mail servers come from elsewhere; each has its own key. */
const COMES_FROM_ELSEWHERE = [/^\/unsubscribe\/[^/]+\/one-click$/, /^\/api\/cron\/[^/]+$/, /^\/api\/bounce$/];

/** Decides on a request before anything reads it. Pure: the same knock, the same answer. */
export function admit(knock: Knock, rules: GateRules): Admission {
  const wrongForm = refuseForm(knock);
  if (wrongForm) return { kind: "refuse", ...wrongForm };
  const target = parseTarget(knock.url);
  if ("status" in target) return { kind: "refuse", ...target };
  const isSafe = SAFE_METHODS.includes(knock.method);
  const host = one(knock.headers.host).toLowerCase();
  if (!isOurHost(host, rules)) {
    if (isSafe && isLoopbackAlias(host, rules)) return { kind: "redirect", location: `${rules.origin}${knock.url}` };
    return { kind: "refuse", status: 421, sentence: `This site is at ${rules.origin}. Use that address.` };
  }
  if (!isSafe && !isOurs(knock, rules) && !COMES_FROM_ELSEWHERE.some((path) => path.test(target.path))) {
    return {
      kind: "refuse",
      status: 403,
      sentence: `A form can be sent only from a page of ${rules.origin}. Open the page there and send it again.`,
    };
  }
  return { kind: "pass", target };
}

function refuseForm({ method, headers, hosts }: Knock): Refusal | null {
  if (!SAFE_METHODS.includes(method) && !UNSAFE_METHODS.includes(method)) {
    return { status: method === "OPTIONS" || method === "TRACE" ? 405 : 501, sentence: "Use GET, HEAD or POST." };
  }
  if (headers.upgrade !== undefined) {
    return { status: 400, sentence: "There is nothing to upgrade to here. Send the request without Upgrade." };
  }
  if (hosts !== 1) return { status: 400, sentence: "A request must name one Host." };
  return null;
}

/** Also with the port that its scheme implies. */
function isOurHost(host: string, { origin }: GateRules): boolean {
  const { host: ours, port, protocol } = new URL(origin);
  return host === ours || (port === "" && host === `${ours}:${protocol === "https:" ? 443 : 80}`);
}

/** On one's own machine all three names are typed; cookies and links work at one of them, so we lead there. */
function isLoopbackAlias(host: string, { origin, port }: GateRules): boolean {
  const { hostname, port: sitePort, protocol } = new URL(origin);
  if (!isLoopbackName(hostname)) return false;
  const [, name = "", given] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  const ports = [String(port), sitePort || (protocol === "https:" ? "443" : "80")];
  return isLoopbackName(name) && ports.includes(given ?? "80");
}

/** Whether a host name means this machine only. */
export function isLoopbackName(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Whether a browser sent this from one of our own pages. Sec-Fetch-Site cannot be set by a page; without it (older
 * browsers, plain http in a local network) Origin must be ours. `null` and nothing at all are refused.
 */
function isOurs({ headers }: Knock, { origin }: GateRules): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  return headers.origin === origin;
}

function one(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
