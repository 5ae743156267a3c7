import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "#lib/platform/db.ts";
import { rebuildSearchIndex, updateSearchIndex } from "#lib/search/commands.ts";
import { currentReader } from "#lib/search/current-reader.ts";
import { parseQuery } from "#lib/search/parse-query.ts";

afterEach(async () => {
  await db.paper.deleteMany();
});

const find = async (line: string, limit = 1000) => {
  const reader = currentReader();
  if (!reader) throw new Error("There is no index.");
  return reader.engine.search(parseQuery(line), { limit });
};

test("a class, a date, code and one more source that a paper gets later are found after one sweep", async () => {
  const id = "2608.00001";
  await db.paper.create({ data: { id, title: "Kites", abstract: "", categories: ["cs.CL"] } });
  await updateSearchIndex();
  const changes: [string, () => Promise<unknown>][] = [
    ["cat:cs.LG", () => db.paper.update({ where: { id }, data: { categories: ["cs.CL", "cs.LG"] } })],
    ["date:2019", () => db.paper.update({ where: { id }, data: { submittedAt: new Date("2019-03-04T00:00:00Z") } })],
    ["has:code", () => db.paper.update({ where: { id }, data: { codeUrl: "https://example.org/kites" } })],
    [
      "source:huggingface",
      () => db.sourceRecord.create({ data: { source: "huggingface", paperId: id, fields: {}, seenAt: new Date() } }),
    ],
  ];
  for (const [line, change] of changes) {
    expect((await find(line)).total).toBe(0);
    await change();
    expect(await updateSearchIndex()).toMatchObject({ status: "done", indexed: 1 });
    expect((await find(line)).ids).toEqual([id]);
  }
  await db.sourceRecord.deleteMany({ where: { paperId: id } });
  expect(await updateSearchIndex()).toMatchObject({ indexed: 1 });
  expect((await find("source:huggingface")).total).toBe(0);
  await db.listing.create({ data: { paperId: id, source: "huggingface", day: new Date(0), listedAt: new Date() } });
  expect(await updateSearchIndex()).toMatchObject({ indexed: 1 });
  expect((await find("kites")).facets).toEqual({
    categories: [
      ["cs.CL", 1],
      ["cs.LG", 1],
    ],
    years: [["2019", 1]],
    sources: [["huggingface", 1]],
    code: 1,
  });
});

test("killed again and again while it writes, the index ends as the store is, and as one built anew", async () => {
  const words = ["kite", "lantern", "blue", "paper", "wind", "river", "stone"];
  const titleOf = (number: number) =>
    [0, 1, 2].map((place) => words[(number * (place + 3) + place) % words.length]).join(" ");
  await updateSearchIndex();
  for (let round = 0; round < 4; round++) {
    await db.paper.createMany({
      data: Array.from({ length: 900 }, (_, at) => ({
        id: `26${String(round + 1).padStart(2, "0")}.${10_000 + at}`,
        title: titleOf(at + round),
        abstract: `${titleOf(at * 3)} ${titleOf(at * 5)}`.repeat(5),
      })),
    });
    if (round > 0) {
      await db.paper.updateMany({ where: { id: { startsWith: "2601.101" } }, data: { title: `Round ${round}` } });
      await db.paper.deleteMany({ where: { id: { startsWith: `2601.102${round}` } } });
    }
    const worker = spawn(process.execPath, ["tests/fakes/index-worker.ts"], { stdio: ["ignore", "pipe", "inherit"] });
    let dots = 0;
    worker.stdout.on("data", (chunk: Buffer) => {
      dots += chunk.length;
    });
    // Another moment of its work each time.
    await vi.waitFor(() => expect(dots).toBeGreaterThan(7 * round), { timeout: 100_000, interval: 3 });
    worker.kill("SIGKILL");
    await once(worker, "exit");
  }

  // The lock ends with the session of the killed process, which Postgres notices in its own time.
  await vi.waitFor(
    async () => expect(await updateSearchIndex({ whole: true })).toMatchObject({ status: "done" }),
    100_000,
  );
  while ((await updateSearchIndex({ whole: true })).status !== "done") {}
  const reader = currentReader();
  const held = await reader?.engine.list({ after: "", limit: 10_000 });
  const stored = await db.paper.findMany({ select: { id: true, changeSeq: true }, orderBy: { id: "asc" } });
  expect(held).toEqual(stored.map(({ id, changeSeq }) => ({ id, seq: Number(changeSeq) })));

  const lines = ["kite", "blue stone", '"kite lantern"', "round", "wind -river", "ti:paper"];
  const grown = await Promise.all(lines.map((line) => find(line)));
  await rebuildSearchIndex();
  const anew = await Promise.all(lines.map((line) => find(line)));
  expect(grown.map(sorted)).toEqual(anew.map(sorted));
});

/** Which papers and how many; papers of equal score stand in the order of their storing, which differs. */
function sorted<T extends { ids: readonly string[] }>(found: T) {
  return { ...found, ids: found.ids.length < 1000 ? found.ids.toSorted() : [] };
}
