import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";
import { llmsText } from "#lib/syndication/site-files.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(llmsText({ ...site, origin: env.siteUrl }), {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Access-Control-Allow-Origin": "*" },
  });
}
