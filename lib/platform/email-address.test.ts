import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEmailAddress } from "#lib/platform/email-address.ts";

test("one address has one key, however it is spelled, and its dots and tags are its own", () => {
  expect(parseEmailAddress("  Ada.One+papers@Example.ORG ")).toEqual({
    email: "Ada.One+papers@example.org",
    key: "ada.one+papers@example.org",
  });
  expect(parseEmailAddress("adaone@example.org")?.key).not.toBe(parseEmailAddress("ada.one@example.org")?.key);
});

test("a domain beyond ASCII is kept in Punycode, so both spellings are one", () => {
  expect(parseEmailAddress("ü@exämple.test")).toEqual({ email: "ü@xn--exmple-cua.test", key: "ü@xn--exmple-cua.test" });
  expect(parseEmailAddress("ü@XN--exmple-cua.test")?.key).toBe(parseEmailAddress("Ü@exÄmple.test")?.key);
});

test.each([
  "",
  "ada",
  "ada@",
  "@example.org",
  "ada@example",
  "a da@example.org",
  "ada@exa mple.org",
  "ada@example.org, eve@example.org",
  "ada@example.org\r\nBcc: eve@example.org",
  "<ada@example.org>",
  '"ada"@example.org',
  ".ada@example.org",
  "ada..one@example.org",
  "ada@-example.org",
  "ada@[127.0.0.1]",
  "ada@127.0.0.1",
  `${"a".repeat(65)}@example.org`,
  `ada@${"a".repeat(64)}.org`,
])("%j is no address", (text) => {
  expect(parseEmailAddress(text)).toBeNull();
});

test("no text whatever gives an address with a break, a space or a bracket in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (local, domain) => {
      const parsed = parseEmailAddress(`${local}@${domain}.org`);
      expect(parsed?.email ?? "").not.toMatch(/[\s\p{C}<>,;:"()[\]\\]/u);
    }),
  );
});
