import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";

const html = (status: number, sentence = "Try again in a minute.") =>
  refusalPage({ status, sentence }, { accept: "text/html,*/*", path: "/papers" }).body;

test("a person reads what happened, what to do, and the way back, on a page that loads nothing", () => {
  expect(html(500)).toMatch(/<h1>This page could not be made<\/h1>\n<p>Try again in a minute\.<\/p>\n<p><a href="\/">/);
  expect(html(500)).not.toMatch(/<script|<link|url\(|src=/);
  expect(html(500, '<b>"')).toContain("&#60;b&#62;&#34;");
});

test("it wears the colours of the other pages", () => {
  const tokens = readFileSync("app/tokens.css", "utf8").replaceAll(" ", "");
  const pairs = html(503).match(/light-dark\([^)]*\)/g) ?? [];
  expect(pairs.length).toBeGreaterThan(2);
  for (const pair of pairs) expect(tokens).toContain(pair);
});

test("a program reads problem+json, and who wants neither one line", () => {
  const api = refusalPage({ status: 503, sentence: "Later." }, { accept: undefined, path: "/api/papers/x" });
  expect(api.contentType).toBe("application/problem+json");
  expect(JSON.parse(api.body)).toMatchObject({ status: 503, detail: "Later." });
  expect(refusalPage({ status: 503, sentence: "Later." }, { accept: undefined, path: "/" }).body).toBe("Later.\n");
});
