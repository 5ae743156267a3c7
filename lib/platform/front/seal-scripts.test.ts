import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sealScripts } from "#lib/platform/front/seal-scripts.ts";

const nonce = "5eC2e7";
const hashOf = (source: string) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

test("the scripts that Next wrote may run, and the nonce is nowhere in the page", () => {
  const page = `<link rel="preload" as="script" nonce="${nonce}" href="/a.js"/><script src="/a.js" async="" nonce="${nonce}"></script><script nonce="${nonce}">start()</script><p>Text</p>`;
  const { html, scripts } = sealScripts(page, nonce);
  expect(html).toBe(
    `<link rel="preload" as="script" href="/a.js"/><script src="/a.js" async=""></script><script>start()</script><p>Text</p>`,
  );
  expect(scripts).toEqual([hashOf("start()")]);
});

test("scripts one behind the other become one, so that the policy stays short", () => {
  const page = `<script nonce="${nonce}" id="_R_">a()</script><script nonce="${nonce}">b("<\\/p>")</script><script nonce="${nonce}">c()</script><hr><script nonce="${nonce}">d()</script>`;
  const { html, scripts } = sealScripts(page, nonce);
  expect(html).toBe(`<script id="_R_">a()\n;b("<\\/p>")\n;c()</script><hr><script>d()</script>`);
  expect(scripts).toEqual([hashOf(`a()\n;b("<\\/p>")\n;c()`), hashOf("d()")]);
});

test("a script that came in with outside text is not blessed, wherever it stands", () => {
  const evil = `<script>evil()</script><script nonce="guess">evil()</script><script nonce=''>evil()</script>`;
  const page = `<h1>${evil}</h1><script nonce="${nonce}">ours()</script>${evil}`;
  const { html, scripts } = sealScripts(page, nonce);
  expect(scripts).toEqual([hashOf("ours()")]);
  expect(html).toBe(page.replace(` nonce="${nonce}"`, ""));
});

test("inside Next's data the nonce is replaced by a word of its length: the data counts its bytes", () => {
  const { html, scripts } = sealScripts(
    `<script nonce="${nonce}">push("{\\"nonce\\":\\"${nonce}\\"}")</script>`,
    nonce,
  );
  expect(html).toBe(`<script>push("{\\"nonce\\":\\"000000\\"}")</script>`);
  expect(scripts).toEqual([hashOf(`push("{\\"nonce\\":\\"000000\\"}")`)]);
});

test("two renders of one page with two nonces are the same page", () => {
  const page = (word: string) => `<script nonce="${word}">a("${word}")</script><b>x</b>`;
  expect(sealScripts(page("aaaaaa"), "aaaaaa")).toEqual(sealScripts(page("bbbbbb"), "bbbbbb"));
});
