import { env } from "#lib/platform/env.ts";
import { formatSitemapIndex } from "#lib/syndication/format-sitemap.ts";
import { listSitemapParts } from "#lib/syndication/sitemap/queries.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const xml = formatSitemapIndex(await listSitemapParts(), env.siteUrl);
  return new Response(xml, { headers: { "Content-Type": "application/xml; charset=utf-8" } });
}
