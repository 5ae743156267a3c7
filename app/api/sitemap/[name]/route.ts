import { env } from "#lib/platform/env.ts";
import { problem } from "#lib/platform/problem.ts";
import { formatSitemap, parseSitemapPart, undatedPages } from "#lib/syndication/format-sitemap.ts";
import { findSitemapPart } from "#lib/syndication/sitemap/queries.ts";

/** One file of the sitemap: /sitemap-pages.xml, /sitemap-2026-08.xml. */
export async function GET(_request: Request, { params }: RouteContext<"/api/sitemap/[name]">): Promise<Response> {
  const asked = parseSitemapPart((await params).name);
  const pages = asked === "pages" ? undatedPages : asked && (await findSitemapPart(asked.month, asked.part));
  if (!pages) return problem(404, "No such part", "The parts are listed in /sitemap.xml.");
  return new Response(formatSitemap(pages, env.siteUrl), {
    headers: { "Content-Type": "application/xml; charset=utf-8" },
  });
}
