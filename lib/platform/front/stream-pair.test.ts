import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { openInside } from "#lib/platform/front/in-process-http.ts";
import { streamPair } from "#lib/platform/front/stream-pair.ts";

const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

test("what is written to one end is read from the other, whole, in order, both ways at once", async () => {
  const [left, right] = streamPair();
  const [there, back] = [randomBytes(3_000_000), randomBytes(2_000_000)];
  const received = { there: [] as Buffer[], back: [] as Buffer[] };
  right.on("data", (chunk) => received.there.push(chunk));
  left.on("data", (chunk) => received.back.push(chunk));
  for (let at = 0; at < there.length; at += 1000) left.write(there.subarray(at, at + 1000));
  for (let at = 0; at < back.length; at += 70_000) right.write(back.subarray(at, at + 70_000));
  left.write(Buffer.alloc(0));
  left.end();
  right.end();
  await Promise.all([once(right, "end"), once(left, "end")]);
  expect(hash(Buffer.concat(received.there))).toBe(hash(there));
  expect(hash(Buffer.concat(received.back))).toBe(hash(back));
});

test("a writer waits for a slow reader instead of filling the memory", async () => {
  const [left, right] = streamPair();
  let written = 0;
  async function* chunks() {
    for (; written < 1000; written++) yield Buffer.alloc(16_384);
  }
  const writing = pipeline(chunks(), left);
  await new Promise((next) => setTimeout(next, 20));
  expect(written).toBeLessThan(20);
  right.resume();
  await writing;
  expect(written).toBe(1000);
});

test("a broken end breaks the other", async () => {
  const [left, right] = streamPair();
  right.resume();
  left.destroy();
  await once(right, "close");
});

// Pages come in pieces of all sizes and the writer waits for `drain`: this is where a lost wake-up would hang.
test.each([1, 100, 1_700, 5_600, 16_384, 70_000])("a page in pieces of %i bytes arrives", async (size) => {
  const piece = Buffer.alloc(size, "x");
  const pieces = Math.max(30, Math.min(400, Math.ceil(200_000 / size)));
  const ask = openInside(async (_request, response) => {
    for (let count = 0; count < pieces; count++) {
      if (!response.write(piece)) await once(response, "drain");
      if (count % 7 === 0) await new Promise(setImmediate);
    }
    response.end();
  });
  const length = async () => {
    let total = 0;
    for await (const chunk of await ask({ method: "GET", address: "/", headers: { host: "x" } })) total += chunk.length;
    return total;
  };
  for (let round = 0; round < 20; round++) {
    expect(new Set(await Promise.all(Array.from({ length: 5 }, length)))).toEqual(new Set([size * pieces]));
  }
});
