import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { formatSitemap, formatSitemapIndex, parseSitemapPart, undatedPages } from "#lib/syndication/format-sitemap.ts";
import { llmsText, openSearchDescription, robotsText, webManifest } from "#lib/syndication/site-files.ts";
import { iconSvg, iconTileSvg, icoOf } from "#lib/syndication/site-icon.ts";

const origin = "https://papers.example.org";
const site = { name: "The Combinatorics & Graphs Broadsheet", tagline: "New papers, printed daily", origin };

/** As RFC 9309 decides: the longest rule that fits, and of two equal ones the one that allows. */
function mayFetch(path: string): boolean {
  const rules = [...robotsText(site).matchAll(/^(Allow|Disallow): (.+)$/gm)].map(([, word, pattern = ""]) => ({
    allows: word === "Allow",
    length: pattern.length,
    fits: new RegExp(`^${pattern.replace(/[.?+()[\]{}|^$\\]/g, "\\$&").replaceAll("*", ".*")}`).test(path),
  }));
  const best = rules
    .filter(({ fits }) => fits)
    .toSorted((a, b) => b.length - a.length || Number(b.allows) - Number(a.allows));
  return best[0]?.allows ?? true;
}

test.each([
  ...[
    "/",
    "/papers",
    "/papers/2608.12313",
    "/papers/hep-th/9901001",
    "/papers/2608.12313.md",
    "/papers/2608.12313.png",
  ],
  ...["/papers/date/2026-08-20", "/papers/date/2026-08-20?page=2", "/papers/week/2026-W34", "/papers/trending"],
  ...["/feed.xml", "/papers/trending/feed.json", "/api/daily_papers?date=2026-08-20", "/api/papers/2608.12313"],
  ...[
    "/papers?q=attention",
    "/about",
    "/subscribe",
    "/sitemap-2026-08.xml",
    "/llms.txt",
    "/_next/static/chunks/a.js",
    "/card.png",
  ],
])("a crawler is welcome at %s", (path) => {
  expect(mayFetch(path)).toBe(true);
});

test.each([
  ...["/account", "/account/export.json", "/sign-in", "/sign-in/abc", "/vote/2608.12313", "/api/vote/2608.12313"],
  ...[
    "/api/me",
    "/subscribe/abc",
    "/unsubscribe/abc",
    "/outbox/1",
    "/papers?q=attention&sort=newest",
    "/papers?q=attention+cat%3Acs.LG",
    "/papers?page=2&q=attention",
  ],
  ...[
    "/papers/trending?sort=newest",
    "/?view=compact",
    "/papers/week/2026-W34?page=2&category=cs.LG",
    "/papers/suggest?q=a",
  ],
])("a crawler is asked not to fetch %s", (path) => {
  expect(mayFetch(path)).toBe(false);
});

test("a browser can search here from its own search field, with suggestions", () => {
  const xml = openSearchDescription(site);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { OpenSearchDescription: description } = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
  }).parse(xml);
  expect(description.ShortName.length).toBeLessThanOrEqual(16);
  expect(description.LongName.length).toBeLessThanOrEqual(48);
  expect(description.Url.map(({ type, template }: Record<string, string>) => [type, template])).toEqual([
    ["text/html", `${origin}/papers?q={searchTerms}`],
    ["application/x-suggestions+json", `${origin}/papers/suggest?q={searchTerms}`],
    ["application/atom+xml", `${origin}/papers/feed.xml?q={searchTerms}`],
    ["application/opensearchdescription+xml", `${origin}/opensearch.xml`],
  ]);
});

test("the manifest has what a home screen needs: a short name, a start, an icon of any size and one that may be cut", () => {
  expect(webManifest(site)).toMatchObject({
    name: site.name,
    start_url: "/",
    icons: [
      { src: "/icon.svg", sizes: "any" },
      { src: "/icon-192.png", sizes: "192x192" },
      { src: "/icon-512.png", sizes: "512x512" },
      { src: "/icon-maskable-512.png", purpose: "maskable" },
    ],
  });
  expect(JSON.stringify(webManifest(site))).not.toContain(origin);
});

test("language models are told of every form in which papers are to be had, by whole addresses", () => {
  const text = llmsText(site);
  expect(text).toMatch(/^# The Combinatorics & Graphs Broadsheet\n\n> New papers, printed daily\.\n/);
  for (const [, address = ""] of text.matchAll(/\]\(([^)]+)\)/g)) expect(URL.parse(address)?.origin).toBe(origin);
  for (const what of [".md", ".json", ".bib", "/feed.json", "/api/daily_papers", "/api/papers/search"]) {
    expect(text).toContain(what);
  }
});

test("a sitemap lists pages with the time of their last change, where that is known", () => {
  const changedAt = Temporal.Instant.from("2026-08-20T06:00:00.5Z");
  const xml = formatSitemap([{ path: "/papers/2608.12313", changedAt }, ...undatedPages], origin);
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).toContain(
    "<url><loc>https://papers.example.org/papers/2608.12313</loc><lastmod>2026-08-20T06:00:00Z</lastmod></url>",
  );
  expect(xml).toContain("<url><loc>https://papers.example.org/</loc></url>");
  const index = formatSitemapIndex([{ name: "pages" }, { name: "2026-08", changedAt }], origin);
  expect(XMLValidator.validate(index)).toBe(true);
  expect(index).toContain("<sitemap><loc>https://papers.example.org/sitemap-2026-08.xml</loc><lastmod>");
});

test.each([
  ["pages", "pages"],
  ["2026-08", "2026-08 1"],
  ["1999-01", "1999-01 1"],
  ["2026-08-2", "2026-08 2"],
  ["2026-08-12", "2026-08 12"],
  ["2026-13", null],
  ["2026-08-1", null],
  ["2026-08-0", null],
  ["2026", null],
  ["../etc", null],
])("the name %s of a part is read as %s", (name, read) => {
  const part = parseSitemapPart(name);
  expect(part && part !== "pages" ? `${part.month} ${part.part}` : part).toBe(read);
});

test("the icon follows the colour scheme; on a home screen it is a filled square, and keeps inside the circle it may be cut to", () => {
  expect(XMLValidator.validate(iconSvg())).toBe(true);
  expect(iconSvg()).toContain("prefers-color-scheme:dark");
  expect(XMLValidator.validate(iconTileSvg())).toBe(true);
  expect(iconTileSvg()).not.toMatch(/class=|<style/);
  const [, start, edge] = /viewBox="(-\d+) -\d+ (\d+)/.exec(iconTileSvg({ safe: true })) ?? [];
  // The mark's farthest corner from its middle, with its outline; the safe circle has two fifths of the edge as radius.
  const corner = Math.hypot(12.8, 14.8);
  expect(corner).toBeLessThanOrEqual(0.4 * Number(edge));
  expect(Number(start) + Number(edge) / 2).toBe(16);
});

test("an icon file holds its picture whole", () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  const ico = Buffer.from(icoOf(png));
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4), ico.readUInt32LE(14)]).toEqual([1, 1, png.length]);
  expect(ico.subarray(ico.readUInt32LE(18))).toEqual(Buffer.from(png));
});
