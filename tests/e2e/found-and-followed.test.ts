import { XMLParser, XMLValidator } from "fast-xml-parser";
import { inject, expect, test } from "vitest";
import { siteUrl } from "#tests/e2e/browser.ts";

const today = inject("today");
const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, siteUrl), { redirect: "manual", ...init });

/** What stands in the head of the page as it is sent: what comes later in the page is not read by those it is for. */
async function headOf(path: string) {
  const html = await (await ask(path)).text();
  const head = html.slice(0, html.indexOf("</head>"));
  const tags = [...head.matchAll(/<(?:link|meta)\s[^>]*>/g)].map(([tag]) =>
    Object.fromEntries(
      [...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, plainOf(value)]),
    ),
  );
  const values = (name: string) =>
    tags.filter((tag) => (tag.name ?? tag.property) === name).map(({ content = "" }) => content);
  const links = (rel: string) => tags.filter((tag) => tag.rel === rel);
  return { html, values, links, canonical: pathOf(links("canonical")[0]?.href ?? "") };
}

function plainOf(text: string): string {
  return text
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function pathOf(address: string): string {
  const { origin, pathname, search } = new URL(address);
  expect(origin).toBe(siteUrl);
  return pathname + search;
}

async function firstPaper(): Promise<string> {
  const { items } = await (await ask("/feed.json")).json();
  return pathOf(items[0].url);
}

test.each([
  ["/", "/", "/feed"],
  ["/papers", "/", "/feed"],
  ["/papers/trending", "/papers/trending", "/papers/trending/feed"],
  ["/papers/week", "/papers/week", "/papers/week/feed"],
  ["/papers/month", "/papers/month", "/papers/month/feed"],
  [`/papers/date/${today}`, `/papers/date/${today}`, `/papers/date/${today}/feed`],
  ["/papers/week/2026-W34", "/papers/week/2026-W34", "/papers/week/2026-W34/feed"],
  ["/papers/month/2026-08", "/papers/month/2026-08", "/papers/month/2026-08/feed"],
])("%s says that it is %s and can be followed at %s", async (path, itself, feed) => {
  const { canonical, links } = await headOf(`${path}?utm_source=mail&view=compact&sort=newest&page=1`);
  expect(canonical).toBe(itself);
  const feeds = links("alternate").map(({ type = "", href = "" }) => [type, pathOf(href)]);
  expect(feeds).toEqual([
    ["application/atom+xml", `${feed}.xml`],
    ["application/feed+json", `${feed}.json`],
  ]);
  for (const [type = "", address = ""] of feeds) {
    const answer = await ask(address);
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, type]);
    const text = await answer.text();
    if (type.endsWith("json")) expect(JSON.parse(text).version).toBe("https://jsonfeed.org/version/1.1");
    else expect(XMLValidator.validate(text)).toBe(true);
  }
});

test("a class and a further page are part of what a page is; so its feed is of that class", async () => {
  const { canonical, links } = await headOf("/papers/trending?view=compact&page=2&category=cs.LG&utm_campaign=x");
  expect(canonical).toBe("/papers/trending?page=2&category=cs.LG");
  expect(links("alternate").map(({ href = "" }) => pathOf(href))).toContain("/papers/trending/feed.xml?category=cs.LG");
});

test("who has a feed already is told so, and a question for its head alone is answered", async () => {
  const first = await ask("/papers/trending/feed.xml");
  const again = await ask("/papers/trending/feed.xml", {
    headers: { "If-None-Match": first.headers.get("etag") ?? "" },
  });
  expect([first.status, again.status, await again.text()]).toEqual([200, 304, ""]);
  const head = await ask("/feed.json", { method: "HEAD" });
  expect([head.status, head.headers.get("access-control-allow-origin"), await head.text()]).toEqual([200, "*", ""]);
});

test("a paper's page tells who cites it of every author in order, and where its files and its picture are", async () => {
  const path = await firstPaper();
  const { canonical, values, links, html } = await headOf(`${path}?utm_source=x`);
  expect(canonical).toBe(path);
  const { authors } = await (await ask(`${path}.json`)).json();
  expect(values("citation_author")).toHaveLength(authors.length);
  expect(values("citation_title")).toHaveLength(1);
  expect(values("citation_arxiv_id")).toEqual([path.replace("/papers/", "")]);
  for (const { type = "", href = "" } of links("alternate")) {
    const answer = await ask(pathOf(href));
    expect([href, answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([href, 200, type]);
  }
  const picture = await ask(pathOf(values("og:image")[0] ?? ""));
  expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(picture.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const [, json = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
  expect(JSON.parse(json)).toMatchObject({ "@type": "ScholarlyArticle", url: siteUrl + path });
});

test("the map of the site leads from robots.txt to pages that say of themselves that they are those", async () => {
  const robots = await (await ask("/robots.txt")).text();
  const [, map = ""] = /^Sitemap: (.+)$/m.exec(robots) ?? [];
  const parser = new XMLParser({ isArray: (name) => name === "sitemap" || name === "url" });
  const parts = parser.parse(await (await ask(pathOf(map))).text()).sitemapindex.sitemap;
  expect(parts.length).toBeGreaterThan(1);
  for (const { loc } of parts) {
    const { url } = parser.parse(await (await ask(pathOf(loc))).text()).urlset;
    for (const page of url.slice(0, 12)) expect((await headOf(pathOf(page.loc))).canonical).toBe(pathOf(page.loc));
  }
});

test("what the head and the manifest name is there: icons, manifest, search description", async () => {
  const { links } = await headOf("/");
  const named = ["icon", "apple-touch-icon", "manifest", "search"].flatMap((rel) =>
    links(rel).map(({ href = "" }) => href),
  );
  const { icons } = await (await ask("/manifest.webmanifest")).json();
  const addresses = [...named, ...icons.map(({ src }: { src: string }) => src), "/llms.txt", "/card.png"];
  expect(named).toEqual(["/favicon.ico", "/icon.svg", "/apple-icon.png", "/manifest.webmanifest", "/opensearch.xml"]);
  for (const address of addresses) expect([address, (await ask(address)).status]).toEqual([address, 200]);
});

test("a feed that cannot be is answered with a status and a sentence", async () => {
  for (const path of [
    "/papers/date/2026-02-30/feed.xml",
    "/papers/2613.00001.ris",
    "/papers/2608.99999.png",
    "/sitemap-2026-13.xml",
  ]) {
    const answer = await ask(path);
    expect([path, answer.status, answer.headers.get("content-type")]).toEqual([path, 404, "application/problem+json"]);
  }
  const answer = await ask("/papers/trending/feed.json?category=%3Cb%3E");
  expect([answer.status, (await answer.json()).detail]).toEqual([
    400,
    "category must be an arXiv class such as cs.LG.",
  ]);
});
