import { expect, test } from "vitest";
import { parsePaperId } from "#lib/papers/paper-id.ts";

test.each([
  ["2608.12313", "2608.12313", null],
  ["2608.12313v2", "2608.12313", 2],
  [" arXiv:2608.12313 ", "2608.12313", null],
  ["https://arxiv.org/abs/2608.12313v18", "2608.12313", 18],
  ["http://www.arxiv.org/pdf/2608.12313v1.pdf", "2608.12313", 1],
  ["arxiv.org/abs/hep-th/9901001", "hep-th/9901001", null],
  ["math.GT/0309136v1", "math.GT/0309136", 1],
  ["astro-ph/0601001", "astro-ph/0601001", null],
  ["https://huggingface.co/papers/2608.12313?utm=1", "2608.12313", null],
  ["http://localhost:3000/papers/2608.12313", "2608.12313", null],
  ["https://doi.org/10.48550/arXiv.2608.12313", "2608.12313", null],
  ["oai:arXiv.org:0704.0010", "0704.0010", null],
  ["https://www.alphaxiv.org/abs/2608.12313", "2608.12313", null],
])("%s is the paper %s", (text, id, version) => {
  expect(parsePaperId(text)).toEqual({ id, version });
});

test.each([
  "",
  "attention is all you need",
  "2608.123",
  "2613.00001",
  "2608.123456",
  "1412.00001",
  "1501.0001",
  "hep-th/99",
  "2608.12313v0",
  "../2608.12313",
  "2608.12313 or 2608.12314",
  "HEP-TH/9901001",
])("%s is no paper id", (text) => {
  expect(parsePaperId(text)).toBeNull();
});
