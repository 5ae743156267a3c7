import { expect, test } from "vitest";
import { admit, type GateRules, type Knock } from "#lib/platform/front/gate.ts";

const site: GateRules = { origin: "https://papers.example", port: 3000 };
const local: GateRules = { origin: "http://localhost:3000", port: 3000 };

function knock({ headers = {}, ...rest }: Partial<Knock> = {}): Knock {
  return { method: "GET", url: "/", hosts: 1, ...rest, headers: { host: "papers.example", ...headers } };
}

function statusOf(request: Partial<Knock>, rules = site): number | string {
  const admission = admit(knock(request), rules);
  return admission.kind === "refuse" ? admission.status : admission.kind;
}

test("a page is asked for at the address of the site, with or without the port its scheme implies", () => {
  expect(statusOf({})).toBe("pass");
  expect(statusOf({ headers: { host: "PAPERS.example:443" } })).toBe("pass");
  expect(statusOf({ headers: { host: "papers.example:8443" } })).toBe(421);
  expect(statusOf({ headers: { host: "evil.example" } })).toBe(421);
  expect(statusOf({ headers: { host: "papers.example.evil.example" } })).toBe(421);
  expect(statusOf({ headers: { host: "" } })).toBe(421);
  expect(statusOf({ hosts: 0 })).toBe(400);
  expect(statusOf({ hosts: 2 })).toBe(400);
});

test("a poisoned X-Forwarded-Host changes nothing", () => {
  expect(statusOf({ headers: { "x-forwarded-host": "evil.example" } })).toBe("pass");
  expect(statusOf({ headers: { host: "evil.example", "x-forwarded-host": "papers.example" } })).toBe(421);
});

test("on one's own machine every name of it leads to the site, and a form sent to another name does not get in", () => {
  for (const host of ["127.0.0.1:3000", "[::1]:3000", "127.0.0.2:3000"]) {
    expect(admit(knock({ url: "/papers?q=x", headers: { host } }), local)).toEqual({
      kind: "redirect",
      location: "http://localhost:3000/papers?q=x",
    });
    expect(statusOf({ method: "POST", headers: { host } }, local)).toBe(421);
  }
  expect(statusOf({ headers: { host: "localhost:3000" } }, local)).toBe("pass");
  expect(statusOf({ headers: { host: "127.0.0.1:3001" } }, local)).toBe(421);
  expect(statusOf({ headers: { host: "192.168.1.7:3000" } }, local)).toBe(421);
  expect(statusOf({ headers: { host: "127.0.0.1" } }, site)).toBe(421);
});

// What browsers send with a form: https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
test.each([
  [{ "sec-fetch-site": "same-origin", origin: "https://papers.example" }, "pass"],
  [{ "sec-fetch-site": "none" }, "pass"],
  [{ "sec-fetch-site": "same-site", origin: "https://papers.example" }, 403],
  [{ "sec-fetch-site": "cross-site", origin: "https://evil.example" }, 403],
  [{ "sec-fetch-site": "cross-site", origin: "https://papers.example" }, 403],
  [{ "sec-fetch-site": "" }, 403],
  [{ origin: "https://papers.example" }, "pass"],
  [{ origin: "http://papers.example" }, 403],
  [{ origin: "https://papers.example:8443" }, 403],
  [{ origin: "https://papers.example.evil.example" }, 403],
  [{ origin: "null" }, 403],
  [{}, 403],
  [{ referer: "https://papers.example/" }, 403],
])("a form with %j: %s", (headers, expected) => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) expect(statusOf({ method, headers })).toBe(expected);
});

test("one-click unsubscription and the scheduler come from elsewhere, and nothing beside them", () => {
  expect(statusOf({ method: "POST", url: "/unsubscribe/abc/one-click" })).toBe("pass");
  expect(statusOf({ method: "POST", url: "/api/cron/gather" })).toBe("pass");
  expect(statusOf({ method: "POST", url: "/unsubscribe/abc" })).toBe(403);
  expect(statusOf({ method: "POST", url: "/unsubscribe/abc/confirm" })).toBe(403);
  expect(statusOf({ method: "POST", url: "/api/cron/a/b" })).toBe(403);
  expect(statusOf({ method: "POST", url: "/api/cron%2Fgather" })).toBe(404);
});

test("only the methods of a web page come in, and no upgrade", () => {
  expect(statusOf({ method: "HEAD" })).toBe("pass");
  for (const method of ["OPTIONS", "TRACE"]) expect(statusOf({ method })).toBe(405);
  for (const method of ["PROPFIND", "PURGE", "BREW"]) expect(statusOf({ method })).toBe(501);
  expect(statusOf({ headers: { upgrade: "websocket" } })).toBe(400);
  expect(statusOf({ url: "http://169.254.169.254/latest" })).toBe(400);
});
