import fc from "fast-check";
import { expect, test } from "vitest";
import { composeMail } from "#lib/platform/compose-mail.ts";
import { prepareMail } from "#lib/platform/mail-template.ts";

const from = { name: "Broadsheet", address: "digest@example.org" };
const holes = ["QUJDREVGRw.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "SElKS0xNTg.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"] as const;

/** A mail with words of a reader's own in its text, its HTML and a header. */
function mailWith([one, two]: readonly string[], filler = "") {
  return {
    subject: `On Slow Reading ${filler}`,
    text: `${filler}You asked: https://example.org/unsubscribe/${one}\nor https://example.org/preferences/${two}`,
    html: `<p>${filler}</p><a href="https://example.org/unsubscribe/${one}">Unsubscribe</a> · <a href="https://example.org/preferences/${two}">Change</a>`,
    headers: { "List-Unsubscribe": `<https://example.org/unsubscribe/${one}/one-click>` },
  };
}

/** The parts of a mail are parted by a word that is drawn anew each time. */
function withoutBoundary(raw: Buffer): string {
  return raw.toString("latin1").replaceAll(/--_NmP-[\w-]+/g, "--boundary");
}

const token = fc.stringMatching(/^[\w-]{10}\.[\w-]{32}$/);
const address = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom("ü@exämple.test", "a@b.co", `${"long".repeat(16)}@example.org`, `a@${"sub.".repeat(40)}example.org`),
);

test("a copy is, byte for byte, the mail that would have been made for its reader", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(token, token),
      address,
      fc.uuid(),
      fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
      fc.string({ unit: "grapheme", maxLength: 120 }),
      async (words, to, id, date, filler) => {
        const copy = {
          to,
          messageId: `<${id}@example.org>`,
          date: Temporal.Instant.fromEpochMilliseconds(date.getTime()),
        };
        const template = await prepareMail(mailWith(holes, filler), { from, holes });
        const made = await composeMail(mailWith(words, filler), { from, ...copy });
        expect(withoutBoundary(await template.copyFor({ ...copy, words }))).toBe(withoutBoundary(made));
      },
    ),
    { numRuns: 400 },
  );
});

test.each([
  ["shorter", "short"],
  ["with its dot elsewhere", `QUJDREVGRwa.${"a".repeat(31)}`],
  ["with letters that must be encoded", `QUJDREVGRw.${"=".repeat(32)}`],
])("a word that is %s than its hole is put in all the same", async (_, word) => {
  const copy = {
    to: "ada@example.org",
    messageId: "<1@example.org>",
    date: Temporal.Instant.from("2026-08-21T06:00:00Z"),
  };
  const words = [word, holes[1]];
  const template = await prepareMail(mailWith(holes), { from, holes });
  const made = await composeMail(mailWith(words), { from, ...copy });
  expect(withoutBoundary(await template.copyFor({ ...copy, words }))).toBe(withoutBoundary(made));
});
