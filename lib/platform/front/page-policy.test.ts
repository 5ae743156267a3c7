import { expect, test } from "vitest";
import { cacheControlOf, policyFor } from "#lib/platform/front/page-policy.ts";
import { parseTarget } from "#lib/platform/front/request-target.ts";

const today = Temporal.PlainDate.from("2026-08-21");

function policy(url: string) {
  const target = parseTarget(url);
  if ("status" in target) throw new Error(`${url} is refused with ${target.status}`);
  return policyFor(target, today);
}

test.each([
  "/",
  "/papers",
  "/papers?q=attention",
  "/papers/date/2026-08-20",
  "/papers/week/2026-W34",
  "/papers/month/2026-08",
  "/papers/trending",
  "/papers/2608.12313",
  "/papers/hep-th/9901001",
  "/papers/2608.12313.bib",
  "/papers/changes/hep-th/9901001?from=1&to=2",
  "/feed.xml",
  "/papers/week/2026-W34/feed.json",
  "/about",
  "/status",
  "/subscribe",
  "/digest/2026-08-20",
  "/api/daily_papers?date=2026-08-20",
  "/api/papers/2608.12313",
  "/api/papers/search?q=x",
  "/sitemap.xml",
  "/sitemap-2026-08.xml",
  "/papers/2608.12313.png",
  "/papers/date/2026-08-20.md",
  "/card.png",
  "/icon-maskable-512.png",
])("%s is everybody's", (url) => {
  expect(policy(url)).toMatchObject({ kind: "public", address: url });
});

test.each([
  "/account",
  "/account/export.json",
  "/account/x.css",
  "/account/feed.xml",
  "/api/me",
  "/api/auth/session",
  "/api/cron/gather",
  "/api/vote/2608.12313",
  "/vote/2608.12313",
  "/sign-in",
  "/sign-in/abc",
  "/subscribe/abc",
  "/unsubscribe/abc",
  "/outbox",
  "/outbox/1",
  "/digest/latest/mine",
  "/aboutme",
  "/no-such-page",
])("%s is never kept", (url) => {
  expect(policy(url)).toMatchObject({ kind: "personal" });
});

test("one page has one key: order, repetition and unknown words in the query make no second copy", () => {
  expect(policy("/papers?page=2&utm_source=mail&q=a%20b&q=other&__proto__=1")).toMatchObject({
    address: "/papers?q=a+b&page=2",
  });
  expect(policy("/papers/date/2026-08-20?utm_campaign=x")).toMatchObject({ address: "/papers/date/2026-08-20" });
  expect(policy("/papers?q=&nxtPid=evil")).toMatchObject({ address: "/papers" });
});

test("a list's class, order and density are part of its key, in one order", () => {
  const list = "/papers/trending?page=2&category=cs.LG&sort=newest&view=compact";
  expect(policy("/papers/trending?view=compact&sort=newest&category=cs.LG&page=2&x=1")).toMatchObject({
    address: list,
  });
  for (const path of ["/", "/papers/date/2026-08-20", "/papers/week", "/papers/month/2026-08", "/papers"]) {
    expect(policy(`${path}?view=compact&category=cs.LG`)).toMatchObject({
      kind: "public",
      address: `${path}?category=cs.LG&view=compact`,
    });
  }
});

test("Next's own words in a query do not reach a personal page either", () => {
  expect(policy("/account?tab=votes&nxtPid=evil&nxtIx=1&__nextLocale=x")).toMatchObject({
    address: "/account?tab=votes",
  });
});

test("an edition of the past is kept longer than one that may still change, in any zone", () => {
  const freshFor = (url: string) => {
    const found = policy(url);
    return found.kind === "public" ? found.lifetime.freshFor : 0;
  };
  expect(freshFor("/papers/date/2026-08-19")).toBeGreaterThan(freshFor("/papers/date/2026-08-20"));
  expect(freshFor("/papers/date/2026-08-20")).toBe(freshFor("/papers/date/2026-08-21"));
  expect(freshFor("/papers/date/2026-08-21")).toBe(freshFor("/"));
});

test("browsers ask each time, shared caches keep", () => {
  expect(cacheControlOf({ freshFor: 30, staleFor: 300 })).toBe(
    "public, max-age=0, s-maxage=30, stale-while-revalidate=300, stale-if-error=86400",
  );
});

test("pictures that other sites show are drawn rarely, an open day's more often; they alone may be shown elsewhere", () => {
  const found = (url: string) => policy(url) as { embeddable?: boolean; lifetime: { freshFor: number } };
  const pictures = [
    "/papers/2608.12313.png",
    "/papers/date/2026-08-21.png",
    "/card.png",
    "/icon.svg",
    "/apple-icon.png",
  ];
  for (const url of [...pictures, "/icon-maskable-512.png", "/favicon.ico"])
    expect([url, found(url).embeddable]).toEqual([url, true]);
  for (const url of ["/", "/papers/2608.12313", "/papers/2608.12313.md", "/feed.xml", "/account/x.png"]) {
    expect([url, found(url).embeddable]).toEqual([url, undefined]);
  }
  expect(found("/papers/2608.12313.png").lifetime.freshFor).toBeGreaterThan(
    found("/papers/date/2026-08-21.png").lifetime.freshFor,
  );
  expect(found("/papers/date/2026-08-21.png").lifetime.freshFor).toBeGreaterThan(
    found("/papers/date/2026-08-21").lifetime.freshFor,
  );
});
