import { expect, test } from "vitest";
import { lineOf } from "#lib/platform/log.ts";

test.each([
  [
    new Error("\nInvalid `db.digest.count()` invocation in\n/site/x.ts:3:64\n\nCan't reach database server"),
    "Can't reach database server",
  ],
  [new Error("connect ECONNREFUSED 127.0.0.1:1"), "connect ECONNREFUSED 127.0.0.1:1"],
  // Node's answer when a name has two addresses and both refuse has no message.
  [new AggregateError([]), "AggregateError"],
  ["a word", "a word"],
])("%s is said in one line, and it is the one with the reason", (error, line) => {
  expect(lineOf(error)).toBe(line);
});
