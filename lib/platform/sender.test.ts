import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** The environment is read once, at the start: each start is a new one here. */
async function senderOf(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  return (await import("#lib/platform/sender.ts")).sender;
}

test("without MAIL_FROM mail comes from the site by its own name", async () => {
  const config = join(mkdtempSync(join(tmpdir(), "sender-")), "site.json");
  writeFileSync(config, JSON.stringify({ name: "The Robot Post" }));
  const settings = { BROADSHEET_CONFIG: config, SITE_URL: "https://robots.example.org", MAIL_FROM: "" };
  expect(await senderOf(settings)).toEqual({ name: "The Robot Post", address: "digest@robots.example.org" });
});

test("MAIL_FROM says it all, also that there is no name", async () => {
  expect(await senderOf({ MAIL_FROM: "Post <post@example.org>" })).toEqual({
    name: "Post",
    address: "post@example.org",
  });
  expect(await senderOf({ MAIL_FROM: "post@example.org" })).toEqual({ name: "", address: "post@example.org" });
});
