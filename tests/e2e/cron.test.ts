import { expect, test } from "vitest";
import { siteUrl } from "#tests/e2e/browser.ts";
import { deliveryReport } from "#tests/fakes/delivery-report.ts";

const headers = { Authorization: "Bearer a secret for the tests only, of forty letters" };
const call = (job: string, init: RequestInit = {}) =>
  fetch(`${siteUrl}/api/cron/${job}`, { method: "POST", headers, ...init });

test.each(["gather", "close", "digest", "letters", "typeset", "index", "tidy", "mail-check", "alarms"])(
  "a scheduler outside runs %s",
  async (job) => {
    const answer = await call(job);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ job, status: expect.stringMatching(/^(done|already-running)$/) });
    expect(answer.headers.get("cache-control")).toContain("no-store");
  },
);

test("a scheduler that can only GET is served too, with the secret", async () => {
  expect((await call("close", { method: "GET" })).status).toBe(200);
  expect((await call("close", { method: "GET", headers: {} })).status).toBe(401);
});

test("two calls at once are one run", async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, async () => (await call("gather")).json()));
  const runs = answers.filter(({ status }) => status === "done");
  expect(runs.length).toBeGreaterThanOrEqual(1);
  expect(runs.length).toBeLessThan(6);
});

test("an unknown job is told the names of those there are", async () => {
  const answer = await call("everything");
  expect(answer.status).toBe(404);
  expect((await answer.json()).detail).toContain("gather, close, digest");
});

test("a mail server hands over what came back, with the secret, and learns nothing from the answer", async () => {
  const report = new Uint8Array(deliveryReport({ to: `bounce+${"0".repeat(44)}@papers.example.org` }));
  const hand = (init: RequestInit) =>
    fetch(`${siteUrl}/api/bounce`, { method: "POST", headers, body: report, ...init });
  expect((await hand({ headers: {} })).status).toBe(401);
  for (const body of [report, "hello", ""]) {
    const answer = await hand({ body });
    expect([answer.status, await answer.json()]).toEqual([200, { status: "read" }]);
  }
  expect((await hand({ body: new Uint8Array(1_000_001) })).status).toBe(413);
});
