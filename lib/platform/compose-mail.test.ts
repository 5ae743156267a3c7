import fc from "fast-check";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { now } from "#lib/platform/clock.ts";
import { composeMail, encodedSize, parseMailbox } from "#lib/platform/compose-mail.ts";
import { readMail } from "#lib/platform/read-mail.ts";

const frame = {
  from: { name: "Broadsheet", address: "digest@example.org" },
  to: "ada@example.org",
  messageId: "<one@example.org>",
  date: now(),
};
const content = { subject: "On slow reading", text: "We read slowly.", html: "<p>We read slowly.</p>" };

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        "\r",
        "\n",
        "\0",
        "\u2028",
        "\ud800",
        ",",
        "<",
        ">",
        "=?utf-8?Q?=0A?=",
        "Bcc: eve@example.org",
        "ä",
        " ",
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join("")),
  fc.constant("long ".repeat(2000)),
);

test("no title, name or link can add, remove or break a header, and what was written comes back", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, anyText, async (subject, name, value, text) => {
      const headers = { "List-Id": value, Precedence: "bulk" };
      const raw = await composeMail(
        { subject, text, html: `<p>${text}</p>`, headers },
        { ...frame, from: { ...frame.from, name } },
      );
      const head = raw.toString("latin1").split("\r\n\r\n")[0] ?? "";
      const names = head
        .split("\r\n")
        .filter((line) => !/^[ \t]/.test(line))
        .map((line) => line.split(":")[0]?.toLowerCase());
      const expected = [
        "list-id",
        "precedence",
        "from",
        "to",
        "subject",
        "message-id",
        "date",
        "mime-version",
        "content-type",
      ];
      expect(names.filter((one) => one !== "list-id" && one !== "subject").sort()).toEqual(
        expected.filter((one) => one !== "list-id" && one !== "subject").sort(),
      );
      expect(
        raw
          .toString("latin1")
          .split("\r\n")
          .every((line) => line.length <= 998 && !/[\r\n\0]/.test(line)),
      ).toBe(true);

      const parsed = await simpleParser(raw);
      expect(parsed.from?.value).toEqual([expect.objectContaining({ address: "digest@example.org" })]);
      expect([parsed.to].flat().map((to) => to?.text)).toEqual(["ada@example.org"]);
      expect(parsed.bcc).toBeUndefined();
    }),
    { numRuns: 150 },
  );
});

test("our reader of kept mails and mailparser read the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "grapheme", minLength: 1 }),
      async (subject, text) => {
        const raw = await composeMail({ subject: `S ${subject}`, text, html: `<p>${text}</p>` }, frame);
        const [ours, theirs] = [readMail(raw), await simpleParser(raw)];
        expect(ours.subject.trim()).toBe(theirs.subject?.trim());
        expect(ours.text).toBe(theirs.text?.trimEnd());
        expect(ours.html).toBe(String(theirs.html).trimEnd());
      },
    ),
    { numRuns: 100 },
  );
});

test("the size of a part is known before it is sent", async () => {
  const html = `<p>${"Über das langsame Lesen = 読む\n".repeat(500)}</p>`;
  const raw = (await composeMail({ ...content, html }, frame)).toString("latin1");
  const part = raw.slice(raw.indexOf("text/html"));
  const body = part.slice(part.indexOf("\r\n\r\n") + 4, part.lastIndexOf("\r\n--"));
  expect(Math.abs(encodedSize(html) - body.length)).toBeLessThan(200);
});

test("a sender is read with and without a name", () => {
  expect(parseMailbox('"Broad, sheet" <digest@example.org>')).toEqual({
    name: "Broad, sheet",
    address: "digest@example.org",
  });
  expect(parseMailbox("digest@example.org")).toEqual({ name: "", address: "digest@example.org" });
});
