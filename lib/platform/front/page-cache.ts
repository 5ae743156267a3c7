import { setTimeout as sleep } from "node:timers/promises";
import { createByteLru } from "#lib/platform/front/byte-lru.ts";
import { type FinishedPage, packPage, type StoredPage } from "#lib/platform/front/stored-page.ts";

/** All that a render may know of a request. The same request, the same page. */
export type PageRequest = {
  /** Path with the allowed query, in one spelling. */
  address: string;
  /** `rsc` is the data of a page that React's router asks for. */
  variant: "html" | "rsc";
};

/** How long a page is good, in seconds. Past `freshFor` it is still shown for `staleFor` while the next is made. */
export type Lifetime = { freshFor: number; staleFor: number };

export type Found = {
  page: StoredPage;
  /** Whole seconds since it was made. */
  age: number;
  /** As in Cache-Status (RFC 9211). */
  outcome: "hit" | "stale" | "miss";
};

type Entry = { page: StoredPage; cost: number; madeAt: number; retryAt: number };

type Options = {
  /** Makes a page. May throw: that counts as a failure, like a status of 500 and more. */
  render: (request: PageRequest) => Promise<FinishedPage>;
  /** Part of every key: a page of another build names scripts that are gone. */
  buildId: string;
  maxBytes?: number;
  /** For pages that say "not found": there are endless addresses of them. */
  maxBytesOfMissing?: number;
  maxRenders?: number;
  /** Milliseconds. */
  clock?: () => number;
  /** Milliseconds that a reader waits for a fresh page when an old one is at hand. */
  patience?: number;
};

export type PageCache = {
  find: (request: PageRequest, lifetime: Lifetime) => Promise<Found>;
  stats: () => { entries: number; bytes: number; renders: number };
};

/** Too many pages are being made already. */
export class BusyError extends Error {}

const MEBIBYTE = 1024 * 1024;
const MAX_WAITING_RENDERS = 200;
const MISSING_FRESH_FOR = 10;
// With the database gone, yesterday's page is better than none; older than that, it misleads.
const OLDEST_ON_FAILURE_MS = 24 * 60 * 60 * 1000;
const RETRY_AFTER_FAILURE_MS = 2000;

/**
 * Keeps finished public pages, like a CDN that we happen to own: one render per page at a time, an old page while the
 * next is made (RFC 5861: stale-while-revalidate and stale-if-error), bounded in bytes. Nothing is ever purged.
 */
export function createPageCache(options: Options): PageCache {
  const { buildId, clock = Date.now, patience = 3000 } = options;
  const pages = createByteLru<Entry>(options.maxBytes ?? 64 * MEBIBYTE);
  const missing = createByteLru<Entry>(options.maxBytesOfMissing ?? 2 * MEBIBYTE);
  const underWay = new Map<string, Promise<StoredPage>>();
  const inTurn = createTurns(options.maxRenders ?? 8);
  let renders = 0;

  async function find(request: PageRequest, lifetime: Lifetime): Promise<Found> {
    const key = `${buildId} ${request.variant} ${request.address}`;
    const entry = heldFor(key);
    if (!entry) return { page: await refresh(key, request), age: 0, outcome: "miss" };
    const age = clock() - entry.madeAt;
    const freshFor = 1000 * (entry.page.status === 404 ? MISSING_FRESH_FOR : lifetime.freshFor);
    if (age <= freshFor) return found(entry, age, "hit");
    const isTolerable = age <= OLDEST_ON_FAILURE_MS;
    if (isTolerable && clock() < entry.retryAt) return found(entry, age, "stale");
    const next = refresh(key, request);
    if (!isTolerable) return { page: await next, age: 0, outcome: "miss" };
    const isForBackground = age <= freshFor + 1000 * lifetime.staleFor;
    const page = await inTime(next, isForBackground ? 0 : patience);
    return page ? { page, age: 0, outcome: "miss" } : found(entry, age, "stale");
  }

  function heldFor(key: string): Entry | undefined {
    return pages.get(key) ?? missing.get(key);
  }

  /** One render at a time for a page, however many ask. */
  function refresh(key: string, request: PageRequest): Promise<StoredPage> {
    const running = underWay.get(key);
    if (running) return running;
    const next = inTurn(() => make(key, request)).finally(() => underWay.delete(key));
    underWay.set(key, next);
    return next;
  }

  async function make(key: string, request: PageRequest): Promise<StoredPage> {
    renders++;
    try {
      const page = await packPage(await options.render(request));
      if (page.status >= 500) postpone(key);
      else keep(key, page);
      return page;
    } catch (error) {
      postpone(key);
      throw error;
    }
  }

  function keep(key: string, page: StoredPage): void {
    // Whatever this address was before, it is that no longer.
    pages.delete(key);
    missing.delete(key);
    const store = page.status === 404 ? missing : pages;
    if (page.storable) store.set(key, { page, cost: page.cost, madeAt: clock(), retryAt: 0 });
  }

  function postpone(key: string): void {
    const entry = heldFor(key);
    if (entry) entry.retryAt = clock() + RETRY_AFTER_FAILURE_MS;
  }

  return {
    find,
    stats: () => ({
      entries: pages.size().entries + missing.size().entries,
      bytes: pages.size().bytes + missing.size().bytes,
      renders,
    }),
  };
}

function found({ page }: Entry, ageInMs: number, outcome: Found["outcome"]): Found {
  return { page, age: Math.floor(ageInMs / 1000), outcome };
}

/** Null when it failed or takes longer than `patience` milliseconds. A failure has been noted at the entry. */
async function inTime(next: Promise<StoredPage>, patience: number): Promise<StoredPage | null> {
  const settled = next.then(
    (page) => (page.status < 500 ? page : null),
    () => null,
  );
  if (patience === 0) return null;
  const giveUp = new AbortController();
  const late = sleep(patience, null, { signal: giveUp.signal, ref: false }).catch(() => null);
  return await Promise.race([settled, late]).finally(() => giveUp.abort());
}

/** Lets `width` works run at once, the others wait; past that many waiting, it throws `BusyError`. */
function createTurns(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= width) {
      if (waiting.length >= MAX_WAITING_RENDERS) throw new BusyError("Too many pages are being made.");
      await new Promise<void>((turn) => waiting.push(turn)); // whoever ends hands its place over
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
