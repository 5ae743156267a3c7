import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { siteUrl } from "#tests/e2e/browser.ts";

const site = new URL(siteUrl);

type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string };
type Answered = { status: number; type: string; body: string; headers: Record<string, string | string[] | undefined> };

/** A bare request: nothing is corrected on the way, as `fetch` would. */
function ask({ method = "GET", path, headers = {}, body }: Asked): Promise<Answered> {
  return new Promise((done, fail) => {
    const sent = request(
      { host: "127.0.0.1", port: site.port, method, path, headers: { Host: site.host, ...headers }, setHost: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () =>
          done({
            status: response.statusCode ?? 0,
            type: String(response.headers["content-type"] ?? ""),
            body: text,
            headers: response.headers,
          }),
        );
      },
    );
    sent.on("error", fail);
    sent.end(body);
  });
}

const sameOrigin = { Origin: siteUrl };
const form = { ...sameOrigin, "Content-Type": "application/x-www-form-urlencoded" };
const long = "x".repeat(9000);

describe("pages answer bad addresses with a status and a sentence", () => {
  test.each<[string, number, RegExp]>([
    ["/papers/date/2026-02-30", 404, /no such page/i],
    ["/papers/date/yesterday", 404, /no such page/i],
    ["/papers/date/20260820", 404, /no such page/i],
    ["/papers/date/2026-08-20T00:00", 404, /no such page/i],
    ["/papers/week/2025-W53", 404, /no such page/i],
    ["/papers/week/2026-34", 404, /no such page/i],
    ["/papers/month/2026-13", 404, /no such page/i],
    ["/papers/2613.00001", 404, /no such page/i],
    ["/papers/2608.99999", 404, /no such page/i],
    ["/papers/hep-th/99", 404, /no such page/i],
    ["/papers/not-a-paper", 404, /no such page/i],
    ["/papers/trending?page=-1", 200, /Trending/],
    ["/papers/trending?page=1e9", 200, /Trending/],
    ["/papers?q=", 200, /./],
    ["/papers?q=%22%28%29%2A%3A%5E%00", 200, /./],
    [`/papers?q=${"word+".repeat(200)}`, 200, /./],
    ["/papers/date/2031-01-01", 200, /still to come/],
    ["/papers/date/2001-01-01", 200, /No papers were listed/],
    ["/subscribe/not-a-token", 200, /do not know this link/i],
    ["/unsubscribe/not-a-token", 200, /do not know this link/i],
    ["/sign-in/not-a-token", 200, /do not know this link/i],
    ["/digest/2026-02-30", 404, /no such page/i],
    ["/outbox/../../etc/passwd", 400, /./],
    ["/vote/not-a-paper", 404, /no such page/i],
    ["/no-such-page", 404, /no such page/i],
  ])("%s → %i", async (path, status, sentence) => {
    const answer = await ask({ path, headers: { Accept: "text/html" } });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(sentence);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });
});

test("an empty day is not kept: a back-fill may fill it", async () => {
  const answer = await ask({ path: "/papers/date/2001-01-01", headers: { Accept: "text/html" } });
  expect(answer.headers["cache-control"]).toBe("no-store");
});

describe("the API answers them as problems", () => {
  test.each<[string, number, RegExp]>([
    ["/api/daily_papers?date=yesterday", 400, /date must be written like/],
    ["/api/daily_papers?week=2026-34", 400, /week must be written like/],
    ["/api/daily_papers?month=08-2026", 400, /month must be written like/],
    ["/api/daily_papers?limit=1000", 400, /limit must be/],
    ["/api/daily_papers?p=-1", 400, /p must be/],
    ["/api/daily_papers?sort=best", 400, /sort must be/],
    ["/api/daily_papers?date=2026-08-20&week=2026-W34", 400, /one of date, week and month/],
    ["/api/papers/xyz", 400, /arXiv id/],
    ["/api/papers/2608.99999", 404, /not printed here/],
    ["/api/papers/search", 400, /q/],
    ["/api/papers/search?q=a&limit=0", 400, /limit/],
    ["/papers/2608.99999.bib", 404, /arXiv id/],
    ["/api/cron/gather", 401, /Authorization/],
  ])("%s → %i", async (path, status, detail) => {
    const answer = await ask({ path });
    expect(answer.status).toBe(status);
    expect(answer.type).toContain("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ status, detail: expect.stringMatching(detail) });
  });
});

describe("the gate refuses what no page should see", () => {
  test.each<[string, Asked, number]>([
    ["another host", { path: "/", headers: { Host: "evil.example" } }, 421],
    [
      "no origin",
      {
        method: "POST",
        path: "/subscribe/request",
        headers: { "Content-Type": form["Content-Type"] },
        body: "email=a%40b.org",
      },
      403,
    ],
    [
      "another origin",
      {
        method: "POST",
        path: "/subscribe/request",
        headers: { ...form, Origin: "https://evil.example" },
        body: "email=a%40b.org",
      },
      403,
    ],
    ["a null origin", { method: "POST", path: "/api/vote/2608.00001", headers: { ...form, Origin: "null" } }, 403],
    [
      "a cross-site fetch",
      { method: "POST", path: "/api/vote/2608.00001", headers: { ...form, "Sec-Fetch-Site": "cross-site" } },
      403,
    ],
    ["an unknown method", { method: "PROPFIND", path: "/" }, 501],
    ["TRACE", { method: "TRACE", path: "/" }, 405],
    ["an absolute target", { path: "http://evil.example/" }, 400],
    ["an over-long address", { path: `/papers?q=${long}` }, 414],
    ["an encoded slash", { path: "/account%2f.." }, 404],
    ["a double slash", { path: "//evil.example/" }, 404],
    ["a null byte", { path: "/papers/%00" }, 400],
    [
      "a body that is too large",
      { method: "POST", path: "/subscribe/request", headers: form, body: `email=${"x".repeat(400_000)}` },
      413,
    ],
    [
      "a cron call with a wrong secret",
      { method: "POST", path: "/api/cron/gather", headers: { Authorization: "Bearer nope" } },
      401,
    ],
  ])("%s", async (_name, asked, status) => {
    const answer = await ask(asked);
    expect(answer.status).toBe(status);
    expect(answer.body.length).toBeGreaterThan(10);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  test("a vote without a session is answered as a problem, or led to sign in", async () => {
    const json = await ask({
      method: "POST",
      path: "/api/vote/2608.00001",
      headers: { ...form, Accept: "application/json" },
      body: "want=up",
    });
    expect(json.status).toBe(401);
    const plain = await ask({ method: "POST", path: "/api/vote/2608.00001", headers: form, body: "want=up" });
    expect(plain.status).toBe(303);
    expect(plain.headers.location).toContain("/sign-in");
  });

  test("an address that is none is told so, and nothing is stored", async () => {
    const answer = await ask({
      method: "POST",
      path: "/subscribe/request",
      headers: form,
      body: "email=not-an-address",
    });
    expect(answer.status).toBe(303);
    const page = await ask({ path: String(answer.headers.location) });
    expect(page.body).toMatch(/address/i);
  });
});
