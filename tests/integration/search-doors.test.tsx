import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as askApi } from "#app/api/papers/search/route.ts";
import { GET as askFeed } from "#app/api/feed/[format]/[[...list]]/route.ts";
import { SearchResults } from "#app/papers/search-results.tsx";
import { GET as askSuggestions } from "#app/papers/suggest/route.ts";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { findAmong, findPapersFor } from "#lib/search/queries.ts";
import type { SearchSort } from "#lib/search/types.ts";

const now = Temporal.Instant.from("2026-08-20T08:00:00Z");
const subjects = ["sparse attention", "long letters", "slow gardens", "old strings", "graph kites"];
const people = ["Ada Lindqvist", "Ben Okafor", "Cléa Muñoz", "Laurens van der Kite"];

beforeAll(async () => {
  await db.paper.createMany({
    data: Array.from({ length: 60 }, (_, number) => ({
      id: `2608.${10_000 + number}`,
      title: `On ${subjects[number % 5]} number ${number}`,
      abstract: `We measure ${subjects[(number * 3) % 5]} with ${subjects[(number * 7 + 1) % 5]}, ${number} times.`,
      authors: [people[number % 4] ?? "", people[(number * 3 + 1) % 4] ?? ""],
      categories: [number % 2 ? "cs.LG" : "math.CO"],
      submittedAt: new Date(Date.UTC(2025 + (number % 2), number % 12, 1 + (number % 28))),
      codeUrl: number % 6 ? null : "https://code.example.org",
    })),
  });
  await db.signal.createMany({
    data: Array.from({ length: 60 }, (_, number) => ({
      paperId: `2608.${10_000 + number}`,
      source: "huggingface",
      kind: "upvotes",
      value: (number * 37) % 50,
      observedAt: new Date(now.epochMilliseconds),
      countsAt: new Date(now.epochMilliseconds),
    })),
  });
  await updateSearchIndex();
});

type Asked = { q: string; sort: SearchSort; verbatim?: string };

const addressOf = (path: string, parameters: Record<string, string>) =>
  new Request(`http://localhost${path}?${new URLSearchParams(parameters)}`);

/** Whether the line was a paper's address: its page leads there, it lists nothing. */
async function leadsAway(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => false,
    (error: unknown) => {
      if (error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_REDIRECT")) return true;
      throw error;
    },
  );
}

async function idsOnPage({ q, sort, verbatim }: Asked): Promise<string[]> {
  const request = { text: q, sort, verbatim: Boolean(verbatim) };
  const pages = [1, 2, 3].map(async (page) => {
    const html = renderToStaticMarkup(await SearchResults({ request, page, now }));
    return [...html.matchAll(/<article[^>]*>.*?<a href="\/papers\/([^"?]+)"/gs)].map(([, id]) => id ?? "");
  });
  return (await Promise.all(pages)).flat().slice(0, 50);
}

async function idsOfApi(asked: Asked): Promise<string[]> {
  const items: { paper: { id: string } }[] = await (
    await askApi(addressOf("/api/papers/search", { ...asked, limit: "50" }))
  ).json();
  return items.map(({ paper }) => paper.id);
}

async function feedOf(asked: Asked, format = "json"): Promise<Response> {
  return askFeed(addressOf(`/papers/feed.${format}`, asked), { params: Promise.resolve({ format, list: ["papers"] }) });
}

async function idsOfFeed(asked: Asked): Promise<string[]> {
  const { items }: { items: { url: string }[] } = await (await feedOf(asked)).json();
  return items.map(({ url }) => new URL(url).pathname.replace("/papers/", ""));
}

const someWord = fc.constantFrom(
  ...subjects.flatMap((subject) => subject.split(" ")),
  "measuring",
  '"sparse attention"',
  '"long letters',
  "-gardens",
  "cat:cs.LG",
  "cat:math",
  "date:2026",
  "from:2025-06",
  "has:code",
  "au:Lindqvist",
  'au:"van der Kite"',
  "ti:kites",
  "number",
  "7",
  "the",
  "?",
  "zzzzz",
);
const written = fc.array(someWord, { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));
// What people paste, and what nobody means.
const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 250 }),
  fc.constantFrom(
    "Is sparse attention slow? Or/and is it long?",
    "$\\mathcal{O}(n^2)$ attention \\cite{kites}",
    '"sparse attention" "long',
    "au: cat: date: -",
    "date:yesterday -cat:cs.LG attention",
    `${"sparse attention ".repeat(15)}`,
    "OR AND NOT NEAR(sparse)",
    "attention's – “sparse attention”",
    "2608.10003v2",
    "https://arxiv.org/abs/2608.10007",
    "doi:10.1000/none",
  ),
  fc.tuple(fc.string({ maxLength: 20 }), written).map((parts) => parts.join(" ")),
);
const someLine = fc.oneof({ weight: 2, arbitrary: written }, { weight: 1, arbitrary: odd });
const someOrder = fc.constantFrom<SearchSort>("best", "newest", "upvotes");

describe("one search", () => {
  test("has the same papers in the same order on its page, in the API and in its feeds", async () => {
    await fc.assert(
      fc.asyncProperty(someLine, someOrder, fc.boolean(), async (q, sort, isVerbatim) => {
        const asked = { q, sort, ...(isVerbatim && { verbatim: "1" }) };
        const { state, ids, jump } = await findPapersFor({ text: q, sort, verbatim: isVerbatim }, { now });
        const expected = ids.slice(0, 50);
        if (jump) expect(await leadsAway(idsOnPage(asked))).toBe(true);
        else expect(await idsOnPage(asked)).toEqual(expected);
        if (q.trim() === "") expect((await askApi(addressOf("/api/papers/search", asked))).status).toBe(400);
        else expect(await idsOfApi(asked)).toEqual(expected);
        if (state === "answered") expect(await idsOfFeed(asked)).toEqual(expected);
        else expect((await feedOf(asked)).status).toBe(400);
      }),
      { numRuns: 150 },
    );
  });

  test("has the same papers in a digest: of an edition, those with all the words", async () => {
    const edition = (await db.paper.findMany({ select: { id: true } })).map(({ id }) => id as PaperId);
    await fc.assert(
      fc.asyncProperty(someLine, async (q) => {
        const { ids, complete, jump, unknownPaper } = await findPapersFor(
          { text: q, sort: "newest", verbatim: true },
          { now },
        );
        // An address is no search that one could subscribe to.
        if (jump || unknownPaper) return;
        const mailed = await findAmong(q, edition, { now });
        expect([...(mailed ?? [])].toSorted()).toEqual(complete > 0 ? ids.toSorted() : []);
      }),
      { numRuns: 150 },
    );
  });

  test("asked again has the same papers: nothing in it is left to chance", async () => {
    await fc.assert(
      fc.asyncProperty(someLine, someOrder, async (text, sort) => {
        const [once, again] = [
          await findPapersFor({ text, sort }, { now }),
          await findPapersFor({ text, sort }, { now }),
        ];
        expect(again).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  test("shows no paper that was removed a moment ago, whatever the index still holds", async () => {
    const gone = "2608.10000";
    const before = await findPapersFor({ text: "sparse attention" }, { now });
    expect(before.ids).toContain(gone);
    await db.paper.delete({ where: { id: gone } });
    for (const sort of ["best", "newest", "upvotes"] as const) {
      const asked = { q: "sparse attention", sort };
      const after = await findPapersFor({ text: "sparse attention", sort }, { now });
      expect(after.ids).not.toContain(gone);
      for (const shown of [await idsOnPage(asked), await idsOfApi(asked), await idsOfFeed(asked)]) {
        expect(shown).not.toContain(gone);
        expect(shown.length).toBeGreaterThan(5);
      }
    }
  });
});

describe("orders", () => {
  test("most upvoted first is by the sources' votes and ours together", async () => {
    const account = await db.account.create({ data: { id: "a1", name: "Ada", email: "ada@example.org" } });
    const { ids } = await findPapersFor({ text: "sparse attention", sort: "upvotes" }, { now });
    const [first = "", second = ""] = ids;
    const votesOf = async (id: string) => (await db.signal.findFirst({ where: { paperId: id } }))?.value ?? 0;
    const lead = (await votesOf(first)) - (await votesOf(second));
    expect(lead).toBeGreaterThan(0);
    // One vote here is worth one vote there.
    for (let vote = 0; vote <= lead; vote++) {
      await db.account.create({ data: { id: `v${vote}`, name: "Vi", email: `vi${vote}@example.org` } });
      await db.upvote.create({
        data: { paperId: second, accountId: `v${vote}`, castAt: new Date(now.epochMilliseconds) },
      });
    }
    const after = await findPapersFor({ text: "sparse attention", sort: "upvotes" }, { now });
    expect(after.ids.slice(0, 2)).toEqual([second, first]);
    expect(account.id).toBe("a1");
  });
});

describe("the feed of a search", () => {
  test("is Atom too, names the search, and leads to its page", async () => {
    const answer = await feedOf({ q: "sparse attention", sort: "newest" }, "xml");
    expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const { feed } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", htmlEntities: true }).parse(
      await answer.text(),
    );
    const linkTo = (rel: string) => feed.link.find((link: { rel: string; href: string }) => link.rel === rel).href;
    expect(feed.title).toMatch(/: sparse attention$/);
    expect(new URL(linkTo("alternate")).pathname).toBe("/papers");
    expect(new URL(linkTo("self")).pathname).toBe("/papers/feed.xml");
    for (const rel of ["alternate", "self"]) {
      expect(new URL(linkTo(rel)).search, rel).toBe("?q=sparse+attention&sort=newest");
    }
  });
});

describe("/papers/suggest", () => {
  test("answers four lists of the same length, whatever is typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(someLine, fc.string({ unit: "binary", maxLength: 300 })), async (q) => {
        const answer = await askSuggestions(addressOf("/papers/suggest", { q }));
        expect(answer.headers.get("content-type")).toBe("application/x-suggestions+json; charset=utf-8");
        const [typed, lines, kinds, addresses] = await answer.json();
        expect(typed).toBe(q.toWellFormed());
        expect(lines.length).toBeLessThanOrEqual(10);
        expect([kinds.length, addresses.length]).toEqual([lines.length, lines.length]);
      }),
      { numRuns: 100 },
    );
  });
});
