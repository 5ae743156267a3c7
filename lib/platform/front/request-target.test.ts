import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTarget } from "#lib/platform/front/request-target.ts";

test.each([
  ["http://evil.example/", 400],
  ["*", 400],
  ["evil.example:443", 400],
  [`/${"a".repeat(8000)}`, 414],
  ["/a\\b", 400],
  ["/a%5Cb", 400],
  ["/a%00", 400],
  ["/a b", 400],
  ["/caf\u00e9", 400],
  ["/a#b", 400],
  ["/%", 400],
  ["/%ff", 400],
  ["/papers/../account", 400],
  ["/papers/%2e%2E/account", 400],
  ["/./papers", 400],
  ["//evil.example", 404],
  ["/papers//x", 404],
  ["/account%2fx", 404],
  ["/account;.js", 404],
  ["/account%3B.js", 404],
  ["/account.rsc", 404],
  ["/account.segments/_tree.segment.rsc", 404],
  ["/_next/image?url=/a.png&w=64&q=75", 404],
  ["/_next/data/build/index.json", 404],
  ["/_next/static/../x", 400],
])("%s is refused with %i", (url, status) => {
  expect(parseTarget(url)).toMatchObject({ status, sentence: expect.stringMatching(/\.$/) });
});

test.each([
  ["/", "/"],
  ["/papers/2608.12313", "/papers/2608.12313"],
  ["/papers/2608%2E12313", "/papers/2608.12313"],
  ["/papers/hep-th/9901001v2", "/papers/hep-th/9901001v2"],
  ["/papers/arXiv%3A2608.12313", "/papers/arXiv:2608.12313"],
  ["/about/", "/about/"],
  ["/_next/static/chunks/a%20b.js", "/_next/static/chunks/a%20b.js"],
])("%s is the page %s", (url, path) => {
  expect(parseTarget(url)).toMatchObject({ path });
});

test("the query is read as a form is, and belongs to no path", () => {
  const target = parseTarget("/papers?q=a+b%2Fc&page=2");
  expect("query" in target && [...target.query]).toEqual([
    ["q", "a b/c"],
    ["page", "2"],
  ]);
});

test("whatever comes, the path that is let in is one that says the same again, and climbs nowhere", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\/[!-~]{0,40}$/), (url) => {
      const target = parseTarget(url);
      if ("status" in target) return;
      expect(parseTarget(target.path)).toMatchObject({ path: target.path });
      expect(target.path).toMatch(/^\/(?!\/)/);
      expect(target.path).not.toMatch(/\/\.{1,2}(\/|$)|[\\;]/);
    }),
    { numRuns: 2000, seed: 11 },
  );
});
