import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";
import { openSearchDescription } from "#lib/syndication/site-files.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(openSearchDescription({ ...site, origin: env.siteUrl }), {
    headers: { "Content-Type": "application/opensearchdescription+xml; charset=utf-8" },
  });
}
