import { env } from "#lib/platform/env.ts";
import { robotsText } from "#lib/syndication/site-files.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(robotsText({ origin: env.siteUrl }), {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
