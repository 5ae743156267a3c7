/** Header names and values, in the order they are sent. */
export type HeaderPairs = [name: string, value: string][];

const YEAR_IN_SECONDS = 31_536_000;

/** What every answer carries, also an error, a 304 and a static file (OWASP ASVS 3.4). */
export function securityHeaders(origin: string): HeaderPairs {
  const always: HeaderPairs = [
    ["X-Content-Type-Options", "nosniff"],
    ["Referrer-Policy", "strict-origin-when-cross-origin"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["X-Frame-Options", "DENY"],
  ];
  if (!origin.startsWith("https:")) return always;
  return [...always, ["Strict-Transport-Security", `max-age=${2 * YEAR_IN_SECONDS}; includeSubDomains`]];
}

/**
 * The content security policy of an answer. `scripts` names what may run inline: `'sha256-…'` of scripts on a page
 * that is cached, `'nonce-…'` on one that is not; nothing else inline runs. Styles may be inline: MathML and React
 * write style attributes, which no hash can name.
 */
export function contentSecurityPolicy(scripts: readonly string[] = []): string {
  return policyOf(["'self'", ...scripts], ["'self'"]);
}

/** Next's development server evaluates code and speaks WebSocket with the page. */
export const developmentPolicy: string = policyOf(
  ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
  ["'self'", "ws:", "wss:"],
);

function policyOf(scriptSources: string[], connectSources: string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scriptSources.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connectSources.join(" ")}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
