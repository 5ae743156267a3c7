import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fetchBounded, mayFollow, SourceUnreachable, userAgent } from "#lib/platform/http-client.ts";
import { version } from "#lib/platform/version.ts";

const source = new URL("https://huggingface.co/api/daily_papers");
const allowed = ["arxiv.org"];
const follows = (target: string, from = source) => mayFollow(new URL(target, from), from, allowed);

test("a source may send us on to itself and by https to an allowed host", () => {
  expect(follows("/api/elsewhere")).toBe(true);
  expect(follows("https://arxiv.org/abs/1")).toBe(true);
  expect(follows("https://example.org/rss", new URL("http://example.org/rss"))).toBe(true);
  expect(follows("/b", new URL("http://127.0.0.1:4600/a"))).toBe(true);
});

test.each([
  "http://huggingface.co/api",
  "https://huggingface.co:8443/",
  "https://huggingface.co./",
  "https://user@arxiv.org/",
  "https://huggingface.co@evil.example/",
  "https://evil.example/",
  "https://www.arxiv.org/",
  "https://arxiv.org:444/",
  "http://127.0.0.1/",
  "https://127.0.0.1/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://169.254.169.254/latest/meta-data",
  "https://localhost/",
  "file:///etc/passwd",
  "data:text/plain,x",
])("is not followed: %s", (target) => {
  expect(follows(target)).toBe(false);
});

test("a source on loopback may not lead to another port of this machine", () => {
  expect(follows("http://127.0.0.1:5432/", new URL("http://127.0.0.1:4600/"))).toBe(false);
  expect(follows("http://localhost:4600/", new URL("http://127.0.0.1:4600/"))).toBe(false);
  expect(follows("https://127.0.0.1/", new URL("http://127.0.0.1:4600/"))).toBe(false);
  expect(follows("https://fakes/", new URL("http://fakes:4600/"))).toBe(false);
});

test("a name that leads to a private address is not called", async () => {
  const attempt = fetchBounded("http://papers.example.org/", {
    lookup: (_name, options, done) =>
      options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4),
  });
  await expect(attempt).rejects.toThrow(SourceUnreachable);
  await expect(attempt).rejects.toMatchObject({
    reason: "refused",
    message: "papers.example.org leads to 127.0.0.1, which is no public address, so it was not called.",
  });
});

test("a name that cannot be found says so", async () => {
  const missing = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
  const attempt = fetchBounded("https://nowhere.example.org/", {
    lookup: (_name, _options, done) => done(missing, []),
  });
  await expect(attempt).rejects.toMatchObject({ reason: "network", message: /nowhere.example.org could not be found/ });
});

test("we name ourselves, with a contact only where others can open it", () => {
  expect(userAgent("https://papers.example.org")).toBe(`Broadsheet/${version} (+https://papers.example.org)`);
  expect(userAgent("http://localhost:3000")).toBe(`Broadsheet/${version}`);
});

test("the version is package.json's", () => {
  expect(version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});
