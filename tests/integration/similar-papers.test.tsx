import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { GET as getFeed } from "#app/api/feed/[format]/[[...list]]/route.ts";
import { GET as getPaperFile } from "#app/api/paper-file/[format]/[...id]/route.ts";
import { SimilarTo } from "#app/papers/similar-papers.tsx";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { findSimilar } from "#lib/search/similar/queries.ts";

const now = Temporal.Instant.from("2026-08-20T08:00:00Z");
const asked = paperId("2608.30001");

const about = (id: string, title: string, abstract: string) => ({ id, title, abstract, authors: ["Ada Example"] });

const lighthouses = about(asked, "Lighthouses on foggy coasts", "Lighthouse keepers measure fog above foggy coasts.");

beforeAll(async () => {
  await db.paper.createMany({
    data: [
      lighthouses,
      about("2608.30002", "Fog and its keepers", "Keepers of a lighthouse write down the fog of each coast."),
      about("2608.30003", "Gardens", "Nothing but tulips."),
      ...Array.from({ length: 30 }, (_, number) =>
        about(`2607.3${1000 + number}`, `Tulip ${number}`, `Tulips of the kind ${number} are red, as gardens are.`),
      ),
    ],
  });
  await updateSearchIndex();
});

const fileOf = async (format: string) =>
  getPaperFile(new Request("http://localhost"), { params: Promise.resolve({ format, id: [asked] }) });

test("the paper with the same telling words comes first, the words are words as one reads them, and it is never itself", async () => {
  const { papers, words } = await findSimilar(asked, { limit: 6, now });
  expect(papers[0]?.id).toBe("2608.30002");
  expect(papers.map(({ id }) => id)).not.toContain(asked);
  expect(words).toEqual(expect.arrayContaining(["lighthouses", "coasts", "keepers"]));
  const printed = `${lighthouses.title} ${lighthouses.abstract}`.toLowerCase();
  for (const word of words) expect(printed).toContain(word);
});

test("its page, its JSON and its Markdown show the same ones, with the words", async () => {
  const { papers, words } = await findSimilar(asked, { limit: 6, now });
  const ids: string[] = papers.map(({ id }) => id);

  const html = renderToStaticMarkup(await SimilarTo({ id: asked, now }));
  expect([...html.matchAll(/href="\/papers\/([\d.]+)"/g)].map(([, id]) => id)).toEqual(ids);
  expect(html).toContain(words[0]);

  const json = await (await fileOf("json")).json();
  expect(json.similar.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(json.similarBy).toEqual(words);

  const markdown = await (await fileOf("md")).text();
  const section = markdown.split("## Similar papers")[1]?.split("## Links")[0] ?? "";
  expect([...section.matchAll(/\/papers\/([\d.]+)>/g)].map(([, id]) => id)).toEqual(ids);
  expect(section).toContain(words.join(", "));
});

test("feeds name the same ones beside each paper: as related links in Atom, with titles and addresses in JSON", async () => {
  const titles = (await findSimilar(asked, { limit: 3, now })).papers.map(({ title }) => title);
  const feed = async (format: string) =>
    (
      await getFeed(new Request(`http://localhost/papers/feed.${format}?q=lighthouses+foggy`), {
        params: Promise.resolve({ format, list: ["papers"] }),
      })
    ).text();
  const { items } = JSON.parse(await feed("json"));
  const item = items.find(({ url }: { url: string }) => url.endsWith(asked));
  expect(item._broadsheet.similar.map(({ title }: { title: string }) => title)).toEqual(titles);
  expect(item._broadsheet.similar[0].url).toMatch(/\/papers\/2608\.30002$/);
  const [entry] = (await feed("xml")).split("<entry>").filter((part) => part.includes(`/papers/${asked}</id>`));
  const links = [...(entry ?? "").matchAll(/<link rel="related" type="text\/html"[^>]*title="Similar: ([^"]+)"/g)];
  expect(links.map(([, title]) => title)).toEqual(titles);
});

test("a paper that was removed a moment ago is not shown as a neighbour", async () => {
  await db.paper.delete({ where: { id: "2608.30002" } });
  const { papers } = await findSimilar(asked, { limit: 6, now });
  expect(papers.map(({ id }) => id)).not.toContain("2608.30002");
});

test("a paper that the index does not know has none: its page says nothing of it", async () => {
  expect(renderToStaticMarkup(await SimilarTo({ id: paperId("2608.39999"), now }))).toBe("");
});
