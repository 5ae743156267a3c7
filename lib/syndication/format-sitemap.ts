import { routes } from "#lib/platform/routes.ts";
import { element, xmlDocument } from "#lib/syndication/markup.ts";

type Changed = { changedAt?: Temporal.Instant };

const NAMESPACE = { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" };

/** The pages that belong to no month. */
export const undatedPages = [
  ...[routes.home(), routes.trending(), routes.thisWeek(), routes.thisMonth()],
  ...[routes.about(), routes.subscribe(), routes.status()],
].map((path) => ({ path }));

/** The list of the sitemap's files (https://www.sitemaps.org/protocol.html). */
export function formatSitemapIndex(parts: readonly ({ name: string } & Changed)[], origin: string): string {
  const entries = parts.map(({ name, changedAt }) => entry("sitemap", origin + routes.sitemapPart(name), changedAt));
  return xmlDocument(element("sitemapindex", NAMESPACE, ...entries));
}

/** One file of the sitemap. */
export function formatSitemap(pages: readonly ({ path: string } & Changed)[], origin: string): string {
  const entries = pages.map(({ path, changedAt }) => entry("url", origin + path, changedAt));
  return xmlDocument(element("urlset", NAMESPACE, ...entries));
}

/** Reads `pages`, a month `2026-08`, or a further part of one `2026-08-2`. Null for anything else. */
export function parseSitemapPart(name: string): "pages" | { month: Temporal.PlainYearMonth; part: number } | null {
  if (name === "pages") return name;
  const [, month, part = "1"] = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:-([2-9]|[1-9]\d))?$/.exec(name) ?? [];
  return month ? { month: Temporal.PlainYearMonth.from(month), part: Number(part) } : null;
}

function entry(name: string, location: string, changedAt?: Temporal.Instant) {
  const changed = changedAt ? element("lastmod", {}, changedAt.toString({ smallestUnit: "second" })) : null;
  return element(name, {}, element("loc", {}, location), changed);
}
