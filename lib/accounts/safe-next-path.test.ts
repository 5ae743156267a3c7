import fc from "fast-check";
import { expect, test } from "vitest";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";

test.each([
  ["/"],
  ["/papers/2608.12313"],
  ["/papers/hep-th/9901001"],
  ["/papers?q=100%25%20caf%C3%A9&page=2"],
  ["/vote/2608.12313?next=%2Fpapers%2Fdate%2F2026-08-20"],
  ["/papers/date/2026-08-20#2608.12313"],
])("%s is a page of ours", (path) => {
  expect(safeNextPath(path)).toBe(path);
});

test.each([
  ["//evil.example"],
  ["/\\evil.example"],
  ["\\\\evil.example"],
  ["/\t/evil.example"],
  ["/\n/evil.example"],
  ["\t//evil.example"],
  [" //evil.example"],
  ["/%2fevil.example"],
  ["/%2F%2Fevil.example"],
  ["/%5cevil.example"],
  ["/%09/evil.example"],
  ["/.//evil.example"],
  ["/papers/..//evil.example"],
  ["/%2e%2e//evil.example"],
  ["https://evil.example"],
  ["https:evil.example"],
  ["javascript:alert(1)"],
  ["data:text/html,x"],
  ["user@evil.example"],
  ["//user:pass@evil.example"],
  ["@evil.example"],
  ["papers"],
  [""],
  ["/%"],
  [`/${"a".repeat(500)}`],
  [undefined],
  [["/a", "/b"]],
])("%j leads home instead", (path) => {
  expect(safeNextPath(path)).toBe("/");
});

test("whatever is given, a browser stays on this site", () => {
  const traps = [
    "/",
    "\\",
    "//",
    "\t",
    "\r\n",
    "%2f",
    "%5C",
    "%09",
    "@",
    ":",
    "javascript:",
    "evil.example",
    "..",
    ".",
    "?",
    "#",
    " ",
    "ｅ",
  ];
  const nasty = fc.array(fc.oneof(fc.constantFrom(...traps), fc.string({ maxLength: 3 })), { maxLength: 8 });
  fc.assert(
    fc.property(nasty, (parts) => {
      const path = safeNextPath(parts.join(""));
      for (const site of ["http://localhost:3000", "https://papers.example"]) {
        expect(new URL(path, site).origin).toBe(site);
        expect(new URL(decodeURIComponent(new URL(path, site).pathname), site).origin).toBe(site);
      }
      expect(path).toMatch(/^\/(?!\/)[\x20-\x7e]*$/);
      expect(safeNextPath(path)).toBe(path);
    }),
    { numRuns: 20_000 },
  );
});
