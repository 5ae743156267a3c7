import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { openSite } from "#tests/open-site.ts";

async function site(app: RequestListener, options: Omit<Parameters<typeof openSite>[0], "app"> = {}) {
  const opened = await openSite({ app, ...options });
  onTestFinished(() => void opened.close());
  return opened;
}

const page =
  (text: string, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store" });
    response.end(`<!DOCTYPE html><title>x</title>${text}`);
  };

/** Says all that it was told. The nonce is new for each render, so it is left out. */
const echo: RequestListener = (request, response) => {
  const { "content-security-policy": _nonce, ...headers } = request.headers;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method: request.method, url: request.url, headers }));
};

const publicPaths = [
  ..."/ /papers /papers?q=attention /papers/trending /papers/trending?page=2 /about /status /subscribe".split(" "),
  ..."/papers/date/2026-08-20 /papers/date/2026-08-21?page=2 /papers/week/2026-W34 /papers/month/2026-08".split(" "),
  ..."/papers/2608.12313 /papers/hep-th/9901001 /papers/2608.12313.bib /papers/2608.12313.json".split(" "),
  ..."/feed.xml /feed.json /papers/feed.xml?q=x /papers/week/2026-W34/feed.xml /digest/2026-08-20".split(" "),
  ..."/api/daily_papers /api/daily_papers?date=2026-08-20 /api/papers/search?q=x /api/papers/2608.12313".split(" "),
  ..."/sitemap.xml /robots.txt /favicon.ico /_next/static/chunks/a.js /_next/static/css/b.css".split(" "),
];

const knownHeaders = `accept-language authorization cache-control cf-connecting-ip client-ip cookie dnt dpr expect-ct
  forwarded front-end-https from if-match if-modified-since if-range max-forwards next-action next-resume
  next-router-prefetch next-router-segment-prefetch next-router-state-tree next-url origin pragma prefer priority
  proxy-authorization purpose range referer save-data sec-ch-ua sec-fetch-site sec-purpose te traceparent tracestate
  true-client-ip user-agent via viewport-width x-action-forwarded x-amz-cf-id x-arr-ssl x-broadsheet-client
  x-broadsheet-forwarded x-client-ip x-cluster-client-ip x-deployment-id x-forwarded x-forwarded-for x-forwarded-host
  x-forwarded-port x-forwarded-prefix x-forwarded-proto x-forwarded-scheme x-forwarded-server x-host
  x-http-method-override x-invoke-output x-invoke-path x-invoke-query x-invoke-status x-matched-path x-method-override
  x-middleware-invoke x-middleware-next x-middleware-prefetch x-middleware-request-cookie x-middleware-rewrite
  x-middleware-set-cookie x-middleware-subrequest x-next-revalidate-tag-token x-nextjs-data x-nextjs-html-request-id
  x-nonce x-now-route-matches x-original-host x-original-url x-prerender-revalidate x-real-ip x-request-id
  x-requested-with x-rewrite-url x-scheme x-url-scheme x-vercel-id x-wap-profile x-zone`.split(/\s+/);
const headerNames = [
  ...knownHeaders,
  ...Array.from({ length: 300 - knownHeaders.length }, (_, n) => `x-unheard-of-${n}`),
];

test("no header of a client reaches a public page: 300 headers on 30 addresses change not a byte", async () => {
  // Room for nothing: each request is a render.
  const { visit } = await site(echo, { cache: { maxBytes: 0 } });
  expect([publicPaths.length, new Set(headerNames).size]).toEqual([30, 300]);
  for (const path of publicPaths) {
    const clean = await visit(path);
    expect(clean.status).toBe(200);
    for (let start = 0; start < headerNames.length; start += 30) {
      const headers = Object.fromEntries(headerNames.slice(start, start + 30).map((name) => [name, "canary, v=1"]));
      const poisoned = await visit(path, { headers });
      expect({ path, start, text: poisoned.text }).toEqual({ path, start, text: clean.text });
    }
  }
});

test("what the render is told is the key, and where the site is", async () => {
  const { visit, port } = await site(echo);
  const { text } = await visit("/papers?utm_source=mail&page=2&q=a%20b", { headers: { cookie: "session=1" } });
  expect(JSON.parse(text)).toEqual({
    method: "GET",
    url: "/papers?q=a+b&page=2",
    headers: {
      accept: "*/*",
      connection: "close",
      host: `localhost:${port}`,
      "user-agent": "Broadsheet",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": `localhost:${port}`,
      "x-forwarded-proto": "http",
    },
  });
});

test("a page is kept in one copy and sent as the reader takes it; who has it already is told so", async () => {
  let renders = 0;
  const { visit } = await site((request, response) => {
    renders++;
    page("An abstract, again and again. ".repeat(300))(request, response);
  });
  const many = await Promise.all(Array.from({ length: 50 }, () => visit("/")));
  const plain = many[0]?.text;
  const br = await visit("/", { headers: { "accept-encoding": "gzip, br" } });
  const gzip = await visit("/", { headers: { "accept-encoding": "gzip" } });
  expect([brotliDecompressSync(br.raw).toString(), gunzipSync(gzip.raw).toString()]).toEqual([plain, plain]);
  expect(br.headers).toMatchObject({
    "cache-control": "public, max-age=0, s-maxage=30, stale-while-revalidate=300, stale-if-error=86400",
    "cache-status": "broadsheet; hit",
    "content-encoding": "br",
    vary: "Accept-Encoding",
    "speculation-rules": '"/speculation-rules.json"',
  });
  const head = await visit("/", { method: "HEAD", headers: { "accept-encoding": "br" } });
  expect([head.status, head.raw.length, head.headers["content-length"]]).toEqual([200, 0, String(br.raw.length)]);
  const again = await visit("/", { headers: { "accept-encoding": "br", "if-none-match": String(br.headers.etag) } });
  expect([again.status, again.raw.length, again.headers.etag]).toEqual([304, 0, br.headers.etag]);
  expect((await visit("/", { headers: { "if-none-match": String(br.headers.etag) } })).status).toBe(200);
  expect(renders).toBe(1);
});

/** Writes scripts as Next does: with the nonce that the request's policy names. */
const pageWithScripts: RequestListener = (request, response) => {
  const nonce = /'nonce-(\w+)'/.exec(String(request.headers["content-security-policy"]))?.[1];
  page(
    `<script src="/_next/a.js" async="" nonce="${nonce}"></script><script nonce="${nonce}">push([0])</script><script nonce="${nonce}">push([1,"${nonce}"])</script><h1><script>evil()</script></h1>`,
  )(request, response);
};

test("on a kept page the scripts of Next run by their hash and no others; the page and its policy repeat to the byte", async () => {
  const { visit } = await site(pageWithScripts, { cache: { maxBytes: 0 } });
  const [first, second] = [await visit("/"), await visit("/")];
  const inline = [...first.text.matchAll(/<script>([^<]*)<\/script>/g)].map(([, source = ""]) => source);
  const [ours = "", evil = ""] = inline;
  const hash = (source: string) => createHash("sha256").update(source).digest("base64");
  const policy = String(first.headers["content-security-policy"]);
  expect(policy).toContain(`script-src 'self' 'sha256-${hash(ours)}';`);
  expect(policy).not.toContain(hash(evil));
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(first.text).not.toContain("nonce=");
  expect([second.text, second.headers["content-security-policy"], second.headers.etag]).toEqual([
    first.text,
    policy,
    first.headers.etag,
  ]);
});

test("on a personal page scripts run by a nonce that is used once", async () => {
  const { visit } = await site(pageWithScripts);
  const nonces = new Set<string>();
  for (let time = 0; time < 3; time++) {
    const { text, headers } = await visit("/account");
    const nonce = /'nonce-(\w+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";
    expect(text).toContain(`<script nonce="${nonce}">push([0])</script>`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test("a personal page is its reader's only: it gets the cookie, and nobody may keep it, whatever it says itself", async () => {
  const { visit } = await site((request, response) => {
    response.writeHead(200, { "cache-control": "public, max-age=600", "set-cookie": ["a=1", "b=2"] });
    response.end(`Hello ${request.headers.cookie}`);
  });
  for (const path of ["/account", "/account/x.css", "/api/me", "/sign-in/token", "/subscribe/token", "/no-such-page"]) {
    const mine = await visit(path, { headers: { cookie: "session=canary" } });
    expect(mine.text).toBe("Hello session=canary");
    expect(mine.headers).toMatchObject({ "cache-control": "private, no-store", "set-cookie": ["a=1", "b=2"] });
    expect((await visit(path)).text).toBe("Hello undefined");
  }
});

test("a cookie that a public page sets by mistake is neither sent nor kept", async () => {
  let renders = 0;
  const { visit } = await site((_request, response) => {
    response.writeHead(200, { "content-type": "text/html", "set-cookie": "session=leak" }).end(`render ${++renders}`);
  });
  for (const expected of ["render 1", "render 2"]) {
    const { text, headers } = await visit("/");
    expect([text, headers["set-cookie"], headers["cache-control"]]).toEqual([expected, undefined, "no-store"]);
  }
});

test("a page that says so is not kept, nor one of which a part has failed", async () => {
  let body = "";
  const { visit } = await site((request, response) => page(body)(request, response));
  for (body of ['<meta name="x-broadsheet-cache" content="no"/>', "<!--$!--><template></template><!--/$-->"]) {
    expect((await visit("/")).headers["cache-control"]).toBe("no-store");
  }
  body = "&lt;meta name=&quot;x-broadsheet-cache&quot; content=&quot;no&quot;/&gt;";
  expect((await visit("/")).headers["cache-status"]).toBe("broadsheet; fwd=miss");
  expect((await visit("/")).headers["cache-status"]).toBe("broadsheet; hit");
});

test("data and HTML of a page have different addresses, and each is redirected from the other's", async () => {
  const { visit } = await site((request, response) => {
    const isData = request.headers.rsc === "1";
    response.setHeader("content-type", isData ? "text/x-component" : "text/html");
    response.end(`${isData ? "data" : "page"} ${request.url}`);
  });
  const rsc = { headers: { rsc: "1" } };
  const astray = await visit("/papers?q=x", rsc);
  expect([astray.status, astray.headers.location, astray.headers["cache-control"]]).toEqual([
    307,
    "/papers?q=x&_rsc=",
    "no-store",
  ]);
  const data = await visit("/papers?q=x&_rsc=1a2b3c", rsc);
  expect([data.text, data.headers["cache-control"]]).toEqual(["data /papers?q=x&_rsc=", "no-store"]);
  expect((await visit("/papers?q=x&_rsc=1a2b3c")).headers.location).toBe("/papers?q=x");
  expect((await visit("/papers?q=x")).text).toBe("page /papers?q=x");
});

test("when a page fails its last copy stands; without one the reader gets a sentence, a program a problem", async () => {
  let isBroken = false;
  let seconds = 0;
  const app: RequestListener = (request, response) => {
    const html = isBroken ? `<html id="__next_error__"><body></body></html>` : "fine";
    // A page that fails is this; a route that fails is answered with nothing at all.
    if (isBroken && request.url?.startsWith("/api/")) response.writeHead(500).end();
    else page(html, isBroken ? 500 : 200)(request, response);
  };
  const { visit } = await site(app, { cache: { clock: () => seconds * 1000 } });
  await visit("/");
  isBroken = true;
  seconds = 7200;
  const old = await visit("/");
  expect([old.status, old.headers.age, old.headers["cache-status"]]).toEqual([200, "7200", "broadsheet; fwd=stale"]);
  expect(old.text).toContain("fine");
  for (const path of ["/papers/trending", "/account"]) {
    const failed = await visit(path);
    expect([failed.status, failed.headers["cache-control"]]).toEqual([500, expect.stringContaining("no-store")]);
    expect(failed.text).toContain("Try again in a minute");
  }
  for (const path of ["/api/daily_papers", "/api/me"]) {
    const failed = await visit(path);
    expect([failed.status, failed.headers["content-type"]]).toEqual([500, "application/problem+json"]);
    expect(JSON.parse(failed.text)).toMatchObject({ status: 500, detail: expect.stringContaining("Try again") });
  }
  isBroken = false;
  seconds += 3;
  await vi.waitFor(async () => expect((await visit("/")).headers["cache-status"]).not.toContain("stale"));
});

test("not found is readable without scripts, although Next leaves that page empty", async () => {
  const { visit } = await site((request, response) => {
    const isOwn = request.url === "/_not-found";
    page(isOwn ? "<p>No such paper here.</p><script>hydrate()</script>" : `<html id="__next_error__">`, 404)(
      request,
      response,
    );
  });
  for (const path of ["/papers/2608.99999", "/account/nothing"]) {
    const missing = await visit(path);
    expect([missing.status, missing.text.includes("No such paper here."), missing.text.includes("<script")]).toEqual([
      404,
      true,
      false,
    ]);
  }
});
