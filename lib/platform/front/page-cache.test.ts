import { expect, test, vi } from "vitest";
import { BusyError, createPageCache, type PageRequest } from "#lib/platform/front/page-cache.ts";
import type { FinishedPage } from "#lib/platform/front/stored-page.ts";

const lifetime = { freshFor: 30, staleFor: 300 };
const front: PageRequest = { address: "/", variant: "html" };

function page(text: string, rest: Partial<FinishedPage> = {}): FinishedPage {
  const contentType = "text/html; charset=utf-8";
  return { status: 200, contentType, headers: [], storable: true, ...rest, body: Buffer.from(text) };
}

/** A site whose pages say how often they were made, and a clock that stands until it is moved. */
function site({
  make,
  ...options
}: { make?: (count: number) => FinishedPage } & Partial<Parameters<typeof createPageCache>[0]> = {}) {
  const world = { seconds: 0, made: [] as string[], broken: false, gate: Promise.resolve() };
  const cache = createPageCache({
    buildId: "b1",
    clock: () => world.seconds * 1000,
    patience: 50,
    render: async ({ address, variant }) => {
      world.made.push(`${variant} ${address}`);
      const count = world.made.length;
      await world.gate;
      if (world.broken) throw new Error("the database is away");
      return make ? make(count) : page(`made ${count}`);
    },
    ...options,
  });
  const read = async (request: Partial<PageRequest> = {}) => {
    const found = await cache.find({ ...front, ...request }, lifetime);
    return { text: found.page.packed.toString(), outcome: found.outcome, age: found.age, status: found.page.status };
  };
  return { world, cache, read };
}

test("a page is made once and shown to everybody until it is old", async () => {
  const { world, read } = site();
  expect(await read()).toMatchObject({ text: "made 1", outcome: "miss" });
  world.seconds = 30;
  expect(await read()).toEqual({ text: "made 1", outcome: "hit", age: 30, status: 200 });
  expect(world.made).toHaveLength(1);
});

test("a hundred readers at once wait for one render", async () => {
  const { world, read } = site();
  const all = await Promise.all(Array.from({ length: 100 }, () => read()));
  expect(new Set(all.map(({ text }) => text))).toEqual(new Set(["made 1"]));
  expect(world.made).toHaveLength(1);
});

test("an old page is shown at once while the next is made", async () => {
  const { world, read } = site();
  await read();
  world.seconds = 31;
  const slow = Promise.withResolvers<void>();
  world.gate = slow.promise;
  expect(await read()).toMatchObject({ text: "made 1", outcome: "stale", age: 31 });
  expect(await read()).toMatchObject({ text: "made 1", outcome: "stale" });
  slow.resolve();
  await vi.waitFor(async () => expect(await read()).toMatchObject({ text: "made 2", outcome: "hit" }));
  expect(world.made).toHaveLength(2);
});

test("a page that nobody asked for in a long time is made anew before it is shown", async () => {
  const { world, read } = site();
  await read();
  world.seconds = 331;
  expect(await read()).toMatchObject({ text: "made 2", outcome: "miss" });
});

test("while the database is away the last page stands, for a day", async () => {
  const { world, read } = site();
  await read();
  world.broken = true;
  for (const hours of [1, 6, 24]) {
    world.seconds = hours * 3600;
    expect(await read()).toMatchObject({ text: "made 1", outcome: "stale" });
  }
  world.seconds = 25 * 3600;
  await expect(read()).rejects.toThrow("the database is away");
  world.broken = false;
  expect(await read()).toMatchObject({ outcome: "miss", status: 200 });
});

test("a page that failed is not asked for again by every reader", async () => {
  const { world, read } = site();
  await read();
  world.seconds = 400;
  world.broken = true;
  await read();
  for (let reader = 0; reader < 20; reader++) expect(await read()).toMatchObject({ text: "made 1" });
  expect(world.made).toHaveLength(2);
  world.seconds = 403;
  world.broken = false;
  expect(await read()).toMatchObject({ text: "made 3", outcome: "miss" });
});

test("a reader waits only so long for a fresh page when there is an old one", async () => {
  const { world, read } = site();
  await read();
  world.seconds = 1000;
  world.gate = new Promise(() => undefined);
  expect(await read()).toMatchObject({ text: "made 1", outcome: "stale", age: 1000 });
});

test("an answer of 500 takes no page's place, and what may not be shared is not kept", async () => {
  const broken = site({
    make: (count) => (count === 2 ? page("oh", { status: 500, storable: false }) : page(`made ${count}`)),
  });
  await broken.read();
  broken.world.seconds = 400;
  expect(await broken.read()).toMatchObject({ text: "made 1", outcome: "stale" });

  const private_ = site({ make: (count) => page(`made ${count}`, { storable: false }) });
  await private_.read();
  expect(await private_.read()).toMatchObject({ text: "made 2", outcome: "miss" });
  expect(private_.cache.stats().entries).toBe(0);
});

test("data and HTML of one address are two pages", async () => {
  const { world, read } = site();
  await read({ variant: "rsc" });
  expect(await read({ variant: "html" })).toMatchObject({ text: "made 2" });
  expect(await read({ variant: "rsc" })).toMatchObject({ text: "made 1" });
  expect(world.made).toEqual(["rsc /", "html /"]);
});

test("it holds no more bytes than it was given, and lets go of what was read least recently", async () => {
  const { cache, read, world } = site({
    maxBytes: 50_000,
    make: () => page("x".repeat(8000), { contentType: "image/png" }),
  });
  for (let number = 1; number <= 20; number++) {
    await read({ address: "/papers" });
    await read({ address: `/papers/${number}` });
  }
  expect(cache.stats().bytes).toBeLessThanOrEqual(50_000);
  expect(world.made.filter((made) => made === "html /papers")).toHaveLength(1);
  expect(await read({ address: "/papers/20" })).toMatchObject({ outcome: "hit" });
  expect(await read({ address: "/papers/1" })).toMatchObject({ outcome: "miss" });
});

test("a flood of addresses that do not exist pushes no page out, and is soon forgotten", async () => {
  const { cache, read, world } = site({ maxBytesOfMissing: 30_000 });
  await read();
  const flood = site({ maxBytesOfMissing: 30_000, make: () => page("no such paper", { status: 404 }) });
  for (let number = 0; number < 100; number++) await flood.read({ address: `/papers/none-${number}` });
  expect(flood.cache.stats().bytes).toBeLessThanOrEqual(30_000);
  expect(await flood.read({ address: "/papers/none-99" })).toMatchObject({ outcome: "hit", status: 404 });
  flood.world.seconds = 11;
  expect(await flood.read({ address: "/papers/none-99" })).toMatchObject({ outcome: "stale" });
  expect(await read()).toMatchObject({ outcome: "hit" });
  expect([cache.stats().entries, world.made.length]).toEqual([1, 1]);
});

test("only so many pages are made at once, and past a long queue the next is turned away", async () => {
  const slow = Promise.withResolvers<void>();
  const { world, read } = site({ maxRenders: 2 });
  world.gate = slow.promise;
  const asked = Array.from({ length: 203 }, (_, number) =>
    read({ address: `/papers/${number}` }).catch((error) => error),
  );
  await vi.waitFor(() => expect(world.made).toHaveLength(2));
  slow.resolve();
  const answers = await Promise.all(asked);
  expect(answers.filter((answer) => answer instanceof BusyError)).toHaveLength(1);
  expect(world.made).toHaveLength(202);
});
