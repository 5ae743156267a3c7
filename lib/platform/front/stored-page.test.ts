import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bodyOf, chooseEncoding, etagOf, isNotModified, packPage } from "#lib/platform/front/stored-page.ts";

const text = "An abstract, again and again. ".repeat(200);
const html = { status: 200, contentType: "text/html", headers: [], storable: true, body: Buffer.from(text) };

test("a page is kept small and is the same page in each encoding", async () => {
  const page = await packPage(html);
  expect(page.packed.length).toBeLessThan(text.length / 10);
  expect(brotliDecompressSync(await bodyOf(page, "br")).toString()).toBe(text);
  expect(gunzipSync(await bodyOf(page, "gzip")).toString()).toBe(text);
  expect(String(await bodyOf(page, "identity"))).toBe(text);
  expect(new Set([etagOf(page, "br"), etagOf(page, "gzip"), etagOf(page, "identity")]).size).toBe(3);
});

test("the client's list decides on the encoding", async () => {
  const page = await packPage(html);
  expect(chooseEncoding(page, "gzip, deflate, br, zstd")).toBe("br");
  expect(chooseEncoding(page, "gzip;q=0.8, br;q=0")).toBe("gzip");
  expect(chooseEncoding(page, "BR; Q=0.5")).toBe("br");
  expect(chooseEncoding(page, "brotli, gzipped")).toBe("identity");
  expect(chooseEncoding(page, undefined)).toBe("identity");
});

test("what compression cannot help is left as it is", async () => {
  const picture = await packPage({ ...html, contentType: "image/png" });
  expect(chooseEncoding(picture, "br")).toBe("identity");
  expect(await bodyOf(picture, "identity")).toEqual(html.body);
  expect((await packPage({ ...html, body: Buffer.from("short") })).encoding).toBe("identity");
});

test("a reader who has the page gets none, also behind a proxy that marks our tag as weak", () => {
  expect(isNotModified('"abc-br"', '"abc-br"')).toBe(true);
  expect(isNotModified('"abc-br"', '"x", W/"abc-br"')).toBe(true);
  expect(isNotModified('"abc-br"', "*")).toBe(true);
  expect(isNotModified('"abc-br"', '"abc-gzip"')).toBe(false);
  expect(isNotModified('"abc-br"', "abc-br")).toBe(false);
  expect(isNotModified('"abc-br"', undefined)).toBe(false);
});
