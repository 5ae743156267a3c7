import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { fetchBounded } from "#lib/platform/http-client.ts";

const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const { close } of opened.splice(0)) close();
});

test("headers and body arrive, and the request says who asks", async () => {
  const seen: IncomingMessage[] = [];
  const url = await serve((request, response) => {
    seen.push(request);
    response.setHeader("etag", 'W/"a,\'b"').end("papers");
  });
  const answer = await fetchBounded(`${url}/x?y=1`, { headers: { "if-none-match": 'W/"0"' } });
  expect(Buffer.from(answer.body).toString()).toBe("papers");
  expect(answer).toMatchObject({ status: 200, url: `${url}/x?y=1` });
  expect(answer.headers.get("etag")).toBe('W/"a,\'b"');
  expect(seen[0]?.headers).toMatchObject({
    "if-none-match": 'W/"0"',
    "user-agent": expect.stringMatching(/^Broadsheet\/\d/),
    "accept-encoding": "gzip, br, deflate",
  });
});

test("a name and a password in the configured address are used, also after a redirect, and not told", async () => {
  const seen: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    seen.push(request.headers.authorization);
    return request.url === "/a" ? response.writeHead(302, { location: "/b" }).end() : response.end("papers");
  });
  const answer = await fetchBounded(`${url.replace("//", "//reader:secret@")}/a`);
  expect(answer.url).toBe(`${url}/b`);
  const basic = `Basic ${btoa("reader:secret")}`;
  expect(seen).toEqual([basic, basic]);
});

test.each([
  ["gzip", gzipSync("papers")],
  ["br", brotliCompressSync("papers")],
  ["deflate", deflateSync("papers")],
  ["deflate", deflateRawSync("papers")],
  ["identity", Buffer.from("papers")],
])("%s is undone", async (encoding, body) => {
  const url = await serve((_, response) => response.setHeader("content-encoding", encoding).end(body));
  expect(Buffer.from((await fetchBounded(url)).body).toString()).toBe("papers");
});

test("a status is an answer, not an error; a 304 that names a compression has an empty body", async () => {
  const url = await serve((request, response) =>
    response.writeHead(Number(request.url?.slice(1)), { "content-encoding": "gzip", "retry-after": "7" }).end(),
  );
  for (const status of [304, 429, 503]) {
    const answer = await fetchBounded(`${url}/${status}`);
    expect([answer.status, answer.body.length, answer.headers.get("retry-after")]).toEqual([status, 0, "7"]);
  }
});

test("300 KB that unpack to 300 MB stop at 15 MiB, and the memory stays flat", async () => {
  const tenMegabytes = gzipSync(Buffer.alloc(10_000_000));
  const bomb = Buffer.concat(Array.from({ length: 30 }, () => tenMegabytes));
  expect(bomb.length).toBeLessThan(350_000);
  const url = await serve((_, response) => response.setHeader("content-encoding", "gzip").end(bomb));
  const before = process.memoryUsage().rss;
  const outcome = await fetchBounded(url).then(({ body }) => body.length, String);
  expect(outcome).toBe("SourceUnreachable: 127.0.0.1 sent more than 15 MiB.");
  expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
});

test("an announced length above the bound is not read; a length that lies is counted", async () => {
  // The body never comes: who waits for it meets the time bound.
  const announced = await serve((_, response) => response.setHeader("content-length", 1001).flushHeaders());
  await expect(fetchBounded(announced, { maxBytes: 1000, totalMs: 2000 })).rejects.toMatchObject({
    reason: "too-large",
  });
  const chunked = await serve((_, response) => response.write("x".repeat(900)) && response.end("x".repeat(900)));
  await expect(fetchBounded(chunked, { maxBytes: 1000 })).rejects.toMatchObject({ reason: "too-large" });
  expect((await fetchBounded(chunked, { maxBytes: 1800 })).body.length).toBe(1800);
});

test("a body shorter than it said is an error, compressed, chunked or plain", async () => {
  const long = await serve((_, response) => {
    response.writeHead(200, { "content-length": 100 }).write("half");
    response.socket?.end();
  });
  const chunked = await serve((_, response) => {
    response.write("half");
    setImmediate(() => response.socket?.end());
  });
  const packed = await serve((_, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync("papers and papers").subarray(0, 20)),
  );
  for (const url of [long, chunked, packed])
    await expect(fetchBounded(url)).rejects.toMatchObject({ reason: "truncated" });
});

test("what is no HTTP and no known compression is named as such", async () => {
  const noise = await serveSocket((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
  await expect(fetchBounded(noise)).rejects.toMatchObject({ reason: "bad-answer" });
  const strange = await serve((_, response) => response.setHeader("content-encoding", "zstd").end("papers"));
  await expect(fetchBounded(strange)).rejects.toMatchObject({ reason: "bad-answer" });
  const broken = await serve((_, response) => response.setHeader("content-encoding", "gzip").end("papers"));
  await expect(fetchBounded(broken)).rejects.toMatchObject({ reason: "bad-answer" });
  const bloated = await serveSocket((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(40_000)}\r\n\r\n`));
  await expect(fetchBounded(bloated)).rejects.toMatchObject({ reason: "bad-answer" });
});

test("a drip, in headers or body, and silence all end at the total time", async () => {
  const body = await serve((_, response) => drip((byte) => response.write(byte)));
  const headers = await serveSocket((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
    drip((byte) => socket.write(byte));
  });
  // Level 0 stores the bytes as they are, so that any byte goes on with it.
  const unpacked = gzipSync(Buffer.alloc(5000), { level: 0 });
  const packed = await serve((_, response) => {
    response.setHeader("content-encoding", "gzip").write(unpacked.subarray(0, 20));
    drip((byte) => response.write(byte));
  });
  const silent = await serveSocket(() => undefined);
  for (const url of [body, headers, packed, silent]) {
    const started = performance.now();
    await expect(fetchBounded(url, { totalMs: 400 })).rejects.toMatchObject({
      reason: "timeout",
      message: "127.0.0.1 did not answer in full within 0.4 seconds.",
    });
    expect(performance.now() - started).toBeLessThan(2000);
  }
});

test("a name that is never answered ends at the total time", async () => {
  const attempt = fetchBounded("http://papers.example.org/", { totalMs: 200, lookup: () => undefined });
  await expect(attempt).rejects.toMatchObject({ reason: "timeout" });
});

test("the caller can stop a request", async () => {
  const url = await serveSocket(() => undefined);
  const stop = new AbortController();
  const attempt = fetchBounded(url, { signal: stop.signal });
  stop.abort();
  await expect(attempt).rejects.toMatchObject({ reason: "stopped" });
});

test("three redirects within the source are followed, a fourth and a loop are not", async () => {
  const url = await serve((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) return response.end("arrived");
    return response.writeHead(302, { location: left > 90 ? request.url : `/${left - 1}` }).end();
  });
  expect((await fetchBounded(`${url}/3`)).url).toBe(`${url}/0`);
  await expect(fetchBounded(`${url}/4`)).rejects.toMatchObject({ reason: "bad-redirect" });
  await expect(fetchBounded(`${url}/99`)).rejects.toMatchObject({ reason: "bad-redirect" });
});

test("a redirect to another port of this machine is refused, and nobody knocks there", async () => {
  let knocks = 0;
  const inner = await serveSocket((socket) => {
    knocks++;
    socket.destroy();
  });
  const port = new URL(inner).port;
  const targets = ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "[::ffff:127.0.0.1]", "u:p@127.0.0.1"];
  for (const host of targets) {
    const url = await serve((_, response) => response.writeHead(302, { location: `http://${host}:${port}/` }).end());
    await expect(fetchBounded(url)).rejects.toMatchObject({ reason: "bad-redirect" });
  }
  expect(knocks).toBe(0);
});

test("a name whose address changes after the first look, or that hides a private one, is not called", async () => {
  let knocks = 0;
  const url = await serve((_, response) => {
    knocks++;
    response.end("secret");
  });
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
    const attempt = fetchBounded(`http://rebound.example.org:${new URL(url).port}/`, {
      lookup: (_name, _options, done) => done(null, [{ address, family: address.includes(":") ? 6 : 4 }]),
    });
    await expect(attempt).rejects.toMatchObject({ reason: "refused" });
  }
  expect(knocks).toBe(0);
});

test("nobody listening is said in one sentence", async () => {
  const url = await serveSocket(() => undefined);
  for (const { close } of opened.splice(0)) close();
  await expect(fetchBounded(url)).rejects.toMatchObject({
    reason: "network",
    message: "127.0.0.1 refused the connection.",
  });
});

test("no connection is left open behind an answer, a refused one or a redirect that never ends", async () => {
  const sockets = new Set<Socket>();
  const url = await serve(
    ({ url: path }, response) => {
      if (path === "/answer") return response.end("papers");
      if (path === "/huge") return response.setHeader("content-length", 2 ** 30).flushHeaders();
      return response.writeHead(302, { location: "/answer" }).write("and so on");
    },
    (socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    },
  );
  await fetchBounded(`${url}/answer`);
  await fetchBounded(`${url}/redirect`);
  await expect(fetchBounded(`${url}/huge`)).rejects.toMatchObject({ reason: "too-large" });
  await expect.poll(() => sockets.size).toBe(0);
});

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  onSocket: (socket: Socket) => void = () => undefined,
): Promise<string> {
  const server = createServer((request, response) => void answer(request, response)).on("connection", onSocket);
  opened.push({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  return await listen(server);
}

async function serveSocket(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    onSocket(socket);
  });
  opened.push({
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return await listen(server);
}

async function listen(server: Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** One byte each 20 ms for three seconds: longer than any of these tests waits. */
function drip(write: (byte: string) => void) {
  let left = 150;
  const timer = setInterval(() => (left-- > 0 ? write("x") : clearInterval(timer)), 20);
  opened.push({ close: () => clearInterval(timer) });
}
