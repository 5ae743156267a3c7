import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "#lib/sources/archives/read-lines.ts";
import { recogniseContent } from "#lib/sources/archives/recognise-content.ts";

const start = { bytes: 0, lines: 0 };

async function linesOf(chunks: Uint8Array[], options: Parameters<typeof readLines>[1] = { from: start }) {
  return (await Array.fromAsync(readLines(Readable.from(chunks), options))).flat();
}

function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

test("lines are the same however the bytes are cut, and reading can go on after any of them", async () => {
  const line = fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.replace(/[\n\uFEFF]/g, " "));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (lines, sizes, endsInNewline) => {
        const bytes = Buffer.from(lines.join("\n") + (endsInNewline ? "\n" : ""));
        const expected = bytes.toString().replace(/\n$/, "").split("\n");
        if (bytes.length === 0) return;
        const read = await linesOf(cut(bytes, sizes));
        expect(read.map(({ text }) => text)).toEqual(expected);
        expect(read.map(({ number }) => number)).toEqual(expected.map((_, index) => index + 1));
        const middle = read[Math.floor(read.length / 2)];
        const place = { bytes: middle?.end ?? 0, lines: middle?.number ?? 0 };
        const rest = read.slice(place.lines);
        expect(await linesOf(cut(bytes.subarray(place.bytes), sizes), { from: place })).toEqual(rest);
        expect(await linesOf(cut(bytes, sizes), { from: place, skip: place.bytes })).toEqual(rest);
      },
    ),
  );
});

test("a line that is too long is passed over, the next one is read", async () => {
  const bytes = Buffer.from(`${"x".repeat(50)}\nshort\n`);
  expect(await linesOf(cut(bytes, [7]), { from: start, longest: 20 })).toEqual([
    { text: null, number: 1, end: 51 },
    { text: "short", number: 2, end: 57 },
  ]);
});

test.each([
  ['[{"paper":{"id":"2608.00001"}}]', "day"],
  ['\uFEFF \n[\n  {"title": "a"', "day"],
  ['{"status":"no_data"}', "day"],
  ["{ half", "day"],
  ['{"id":"0704.0001","title":"a"}\n{"id"', "lines"],
  ['{"id":"0704.00\n{"id":"0704.0002","title":"b"}\n', "lines"],
  [`<?xml version='1.0'?>\n<!-- <rss> -->\n<feed xmlns="http://www.w3.org/2005/Atom">`, "atom"],
  ["<feed><id>https://arxiv.org/api/abc</id><entry><id>http://arxiv.org/atom/2</id></entry></feed>", "atom"],
  ["<feed><entry><summary>of &lt;arxiv:announce_type></summary></entry></feed>", "atom"],
  ["<feed><entry><arxiv:announce_type>new</arxiv:announce_type></entry></feed>", "listing"],
  ["<feed><id>http://rss.arxiv.org/atom/cs.CL</id><title>cs.CL updates on arXiv.org</title></feed>", "listing"],
  [`<rss version="2.0"><channel>`, "listing"],
  ["<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>", "oai"],
  ['<record xmlns="http://www.openarchives.org/OAI/2.0/">', "oai"],
  ["<!DOCTYPE html><html>", "unknown"],
  ["PK\u0003\u0004", "unknown"],
  ["", "unknown"],
])("%s is recognised as %s", (head, kind) => expect(recogniseContent(head)).toBe(kind));
