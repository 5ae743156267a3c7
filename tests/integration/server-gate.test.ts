import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import type { RequestListener } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { closeServer } from "#lib/platform/front/close-server.ts";
import { checkReadiness } from "#lib/platform/front/readiness.ts";
import { openSite } from "#tests/open-site.ts";

const echo: RequestListener = async (request, response) => {
  let length = 0;
  for await (const chunk of request) length += chunk.length;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, length }));
};

async function site(options: Partial<Parameters<typeof openSite>[0]> = {}) {
  const opened = await openSite({ app: echo, ...options });
  onTestFinished(() => void opened.close());
  return opened;
}

/** Bytes as they are, for what no HTTP client sends. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(text);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "content-security-policy": expect.stringMatching(
    /^default-src 'none';.*base-uri 'none'; object-src 'none'; frame-ancestors 'none'$/,
  ),
};

test("every kind of answer carries the security headers", async () => {
  const origin = "https://papers.example";
  const app: RequestListener = (request, response) => {
    const status = Number(/\d{3}/.exec(request.url ?? "")?.[0] ?? 200);
    response.writeHead(status, {
      "content-type": "text/html",
      ...(status === 308 && { location: "/" }),
      "x-frame-options": "ALLOWALL",
      "x-powered-by": "somebody",
    });
    response.end("a page");
  };
  const { visit, port } = await site({ app, door: { origin } });
  const ours = { host: "papers.example" };
  const etag = String((await visit("/", { headers: ours })).headers.etag);
  const asked: [number, string, Parameters<typeof visit>[1]][] = [
    [200, "/", {}],
    [304, "/", { headers: { "if-none-match": etag } }],
    [200, "/", { method: "HEAD" }],
    [200, "/account", {}],
    [200, "/_next/static/a.js", {}],
    [200, "/healthz", {}],
    [200, "/speculation-rules.json", {}],
    [307, "/", { headers: { rsc: "1" } }],
    [308, "/papers/308", {}],
    [404, "/papers/404", {}],
    [404, "/account/404", {}],
    [404, "/account;.js", {}],
    [500, "/papers/500", {}],
    [500, "/account/500", {}],
    [400, "/%00", {}],
    [403, "/account", { method: "POST" }],
    [405, "/", { method: "OPTIONS" }],
    [413, "/account", { method: "POST", headers: { origin }, body: Buffer.alloc(300_000) }],
    [414, `/${"a".repeat(8001)}`, {}],
    [421, "/", { headers: { host: "evil.example" } }],
  ];
  for (const [status, path, options] of asked) {
    const answer = await visit(path, { ...options, headers: { ...ours, ...options?.headers } });
    expect({ path, status: answer.status, headers: answer.headers }).toMatchObject({ path, status, headers: always });
    expect(answer.headers["x-powered-by"]).toBeUndefined();
  }
  for (const broken of [
    "NONSENSE\r\n\r\n",
    `GET / HTTP/1.1\r\nhost: a\r\nx: ${"a".repeat(20_000)}\r\n\r\n`,
    "CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n",
  ]) {
    const answer = await sendRaw(port, broken);
    expect(answer).toMatch(/^HTTP\/1.1 (400|405|431) /);
    for (const name of Object.keys(always)) expect(answer.toLowerCase()).toContain(`\r\n${name}: `);
  }
});

test.each<[string, string, number]>([
  ["GET http://evil.example/ HTTP/1.1\r\nhost: HOST", "the form meant for proxies", 400],
  ["GET / HTTP/1.1\r\nx: 1", "no Host", 400],
  ["GET / HTTP/1.1\r\nhost: HOST\r\nhost: evil.example", "two Hosts", 400],
  ["GET / HTTP/1.1\r\nhost: HOST\r\nconnection: upgrade\r\nupgrade: websocket", "an upgrade", 400],
  ["GET / HTTP/1.1\r\nhost: HOST\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c", "HTTP/2 in clear", 400],
  ["POST /account HTTP/1.1\r\nhost: HOST\r\ncontent-length: 1\r\ntransfer-encoding: chunked", "two lengths", 400],
  ["GET /account/../x HTTP/1.1\r\nhost: HOST", "a path that climbs", 400],
  ["TRACE / HTTP/1.1\r\nhost: HOST", "TRACE", 405],
  ["PROPFIND / HTTP/1.1\r\nhost: HOST", "a method of others", 501],
  ["GET / HTTP/1.1\r\nhost: HOST\r\nexpect: 200-maybe", "an odd expectation", 417],
])("%j (%s) goes no further: %i... and the app hears nothing", async (request, _what, status) => {
  let heard = 0;
  const { port } = await site({ app: (_request, response) => void response.end(String(++heard)) });
  const answer = await sendRaw(port, `${request.replace("HOST", `localhost:${port}`)}\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(heard).toBe(0);
});

test("a form from another site is refused before its body is read, in the words of who asks", async () => {
  const { visit, origin } = await site();
  const foreign = { method: "POST", headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } };
  const person = await visit("/vote/2608.00001", foreign);
  expect([person.status, person.headers["content-type"]]).toEqual([403, "text/html; charset=utf-8"]);
  expect(person.text).toContain(`A form can be sent only from a page of ${origin}.`);
  const program = await visit("/api/vote/2608.00001", foreign);
  expect([program.headers["content-type"], JSON.parse(program.text)]).toEqual([
    "application/problem+json",
    expect.objectContaining({ status: 403, title: "Forbidden" }),
  ]);
  const ours = await visit("/api/vote/2608.00001", { method: "POST", headers: { origin }, body: "up" });
  expect(JSON.parse(ours.text)).toMatchObject({ method: "POST", length: 2 });
  const oneClick = await visit("/unsubscribe/token/one-click", { method: "POST", body: "List-Unsubscribe=One-Click" });
  expect(JSON.parse(oneClick.text)).toMatchObject({ method: "POST", length: 26 });
});

test("a body of 256 KB passes, a longer one is refused, said or unsaid", async () => {
  const { visit, origin } = await site();
  const post = (length: number, headers = {}) =>
    visit("/account", { method: "POST", headers: { origin, ...headers }, body: Buffer.alloc(length) });
  expect(JSON.parse((await post(262_144)).text)).toMatchObject({ length: 262_144 });
  expect((await post(262_145)).status).toBe(413);
  expect((await post(262_145, { "transfer-encoding": "chunked" })).status).toBe(413);
});

test("what only Next or we may say is not taken from a client, on a personal page either", async () => {
  const { visit, port } = await site();
  const forged = `x-middleware-subrequest x-middleware-rewrite x-matched-path x-invoke-path x-nextjs-data next-resume
    x-forwarded-proto x-forwarded-port forwarded x-real-ip x-broadsheet-cache next-router-prefetch
    next-router-segment-prefetch next-url content-security-policy x-nonce`.split(/\s+/);
  const headers = Object.fromEntries(forged.map((name) => [name, "canary"]));
  const { text } = await visit("/account?nxtPid=canary", {
    headers: {
      ...headers,
      "x-broadsheet-client": "canary",
      "x-forwarded-for": "6.6.6.6",
      "x-forwarded-host": "evil.example",
    },
  });
  expect(text).not.toMatch(/canary|evil|6\.6\.6\.6/);
  expect(JSON.parse(text).headers).toMatchObject({
    host: `localhost:${port}`,
    "x-forwarded-host": `localhost:${port}`,
    "x-broadsheet-client": "127.0.0.1",
    "x-broadsheet-forwarded": "1",
  });
  const direct = JSON.parse((await visit("/outbox")).text).headers;
  expect(direct).not.toHaveProperty("x-broadsheet-forwarded");
});

test("behind a proxy that the operator trusts, the client is whom the proxy names", async () => {
  const { visit } = await site({ door: { trustedProxies: ["127.0.0.1"] } });
  const { text } = await visit("/account", { headers: { "x-forwarded-for": "6.6.6.6, 198.51.100.4" } });
  expect(JSON.parse(text).headers).toMatchObject({
    "x-broadsheet-client": "198.51.100.4",
    "x-forwarded-for": "198.51.100.4",
    "x-broadsheet-forwarded": "1",
  });
});

test("alive asks nothing, ready asks the database and its migrations within a second or so", async () => {
  const url = String(process.env.DATABASE_URL);
  expect(await checkReadiness(url, "prisma/migrations")).toEqual({ ready: true });

  const ahead = mkdtempSync(join(tmpdir(), "broadsheet-migrations-"));
  mkdirSync(join(ahead, "29990101000000_not_yet"));
  expect(await checkReadiness(url, ahead)).toEqual({ ready: false, reason: "migrations" });

  const frozen = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void frozen.close());
  await once(frozen, "listening");
  const { port } = frozen.address() as AddressInfo;
  const begun = performance.now();
  expect(await checkReadiness(`postgresql://x@127.0.0.1:${port}/x`, ahead)).toEqual({
    ready: false,
    reason: "database",
  });
  expect(performance.now() - begun).toBeLessThan(2500);

  const { visit } = await site({ door: { checkReadiness: async () => ({ ready: false, reason: "database" }) } });
  const probe = { headers: { host: "10.0.0.5:3000", "x-forwarded-for": "1.1.1.1" } };
  expect((await visit("/healthz", probe)).status).toBe(200);
  expect(await visit("/readyz", probe)).toMatchObject({ status: 503, text: "Broadsheet is not ready: database\n" });
});

test("a server that closes is not ready at once, and answers what it was asked", async () => {
  let isClosing = false;
  const slow = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const app: RequestListener = async (_request, response) => {
    asked.resolve();
    await slow.promise;
    response.end("done");
  };
  const { visit, server } = await site({ app, door: { isClosing: () => isClosing } });
  const answer = visit("/account");
  await asked.promise;
  isClosing = true;
  expect(await visit("/readyz")).toMatchObject({ status: 503, text: "Broadsheet is not ready: closing\n" });
  const closed = closeServer(server, 5000);
  await expect(visit("/")).rejects.toThrow("ECONNREFUSED");
  slow.resolve();
  expect(await answer).toMatchObject({ status: 200, text: "done" });
  await closed;
});

test("a request that never ends does not hold the server open", async () => {
  const asked = Promise.withResolvers<void>();
  const { visit, server } = await site({ app: () => asked.resolve() });
  const answer = visit("/account").catch((error) => error.code);
  await asked.promise;
  await closeServer(server, 50);
  expect(await answer).toBe("ECONNRESET");
});
