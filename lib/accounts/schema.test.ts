import { expect, test } from "vitest";
import { askFormSchema, confirmFormSchema } from "#lib/accounts/schema.ts";

test.each([
  [
    { email: " Ada@Example.org ", next: "/papers/2608.00001" },
    { email: "Ada@example.org", next: "/papers/2608.00001" },
  ],
  [{ email: "ada@example.org" }, { email: "ada@example.org", next: "/" }],
  [{ email: "ada@bücher.example" }, { email: "ada@xn--bcher-kva.example", next: "/" }],
  [
    { email: "ada@example.org", next: "//evil.example" },
    { email: "ada@example.org", next: "/" },
  ],
])("%j is an asking", (form, asked) => {
  expect(askFormSchema.parse(form)).toEqual(asked);
});

test.each([
  [{}],
  [{ email: "" }],
  [{ email: "ada" }],
  [{ email: "ada@example" }],
  [{ email: "ada@example.org, bob@example.org" }],
  [{ email: "ada@example.org\nBcc: bob@example.org" }],
  [{ email: "<script>@example.org" }],
  [{ email: new File(["x"], "x.txt") }],
  [{ email: `${"a".repeat(300)}@example.org` }],
])("%j has no address, and is no error either", (form) => {
  expect(askFormSchema.parse(form)).toEqual({ email: null, next: "/" });
});

test("the number may be typed with spaces; anything else is none", () => {
  expect(confirmFormSchema.parse({ token: "abc", code: " 012 345 " })).toEqual({ token: "abc", code: "012345" });
  for (const code of [undefined, "", "12345", "1234567", "abcdef"]) {
    expect(confirmFormSchema.parse({ token: "abc", code }).code).toBeNull();
  }
  expect(confirmFormSchema.parse({})).toEqual({ token: "", code: null });
  expect(confirmFormSchema.parse({ token: "x".repeat(201) }).token).toBe("");
});
