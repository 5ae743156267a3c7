import { type AskInside, readBody } from "#lib/platform/front/in-process-http.ts";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";
import { contentSecurityPolicy, type HeaderPairs } from "#lib/platform/front/security-headers.ts";
import type { FinishedPage } from "#lib/platform/front/stored-page.ts";

type Wants = { accept: string | undefined; path: string };

const LARGEST_ERROR_PAGE = 1024 * 1024;

/** Next's own page for an error inside a page: empty until scripts have run; for one inside a route: nothing. Ours must read. */
export function isEmptyErrorPage(status: number, body: string): boolean {
  return (status >= 400 && body.includes('<html id="__next_error__"')) || (status >= 500 && body === "");
}

/** Instead of it. Not found: the app's page for that, which Next renders whole at this address; else our own words. */
export async function readableErrorPage(
  status: number,
  { ask, headers, ...wants }: Wants & { ask: AskInside; headers: Record<string, string> },
): Promise<FinishedPage> {
  if (status !== 404) return failedPage(wants);
  const message = await ask({ method: "GET", address: "/_not-found", headers: { ...headers, accept: "text/html" } });
  const body = await readBody(message, LARGEST_ERROR_PAGE);
  if (message.statusCode !== 404 || !body) return failedPage(wants);
  // Its scripts would take the reader's address for /_not-found.
  const html = body.toString().replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, "");
  return {
    status,
    contentType: "text/html; charset=utf-8",
    headers: quietPolicy(),
    body: Buffer.from(html),
    storable: true,
  };
}

/** Something of ours failed: a page that needs neither Next nor the database. */
export function failedPage(wants: Wants): FinishedPage {
  const sentence = "Something broke on our side while making this page. Try again in a minute.";
  const page = refusalPage({ status: 500, sentence }, wants);
  return {
    status: 500,
    contentType: page.contentType,
    headers: quietPolicy(),
    body: Buffer.from(page.body),
    storable: false,
  };
}

/** A policy under which no inline script runs. */
function quietPolicy(): HeaderPairs {
  return [["Content-Security-Policy", contentSecurityPolicy()]];
}
