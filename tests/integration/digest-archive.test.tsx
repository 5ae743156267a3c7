import { simpleParser } from "mailparser";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import DigestPage from "#app/digest/[date]/page.tsx";
import { parsePeriod, type Period } from "#lib/digest/period.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { db } from "#lib/platform/db.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { fixturePapers } from "#tests/fixtures/papers.ts";
import { gatherAt, mailHour, openMailRoom, readers } from "#tests/mail-room.ts";

const room = openMailRoom();
const printed = fixturePapers.slice(0, 34).map(({ title, abstract, authors }) => ({ title, abstract, authors }));
const chinese = "慢读者会要求再看一遍。".repeat(60);

/** What stands on a page or in a mail: its words without the blanks between them, and where its links lead. */
function read(html: string, { from, until }: { from: string; until: RegExp }) {
  const begin = html.indexOf(from);
  const end = begin + html.slice(begin).search(until);
  expect(begin).toBeGreaterThan(-1);
  expect(end).toBeGreaterThan(begin);
  const part = html.slice(begin, end).replace(/<!--.*?-->/g, "");
  return {
    words: part.replace(/<[^>]*>/g, "").replace(/\s+/g, ""),
    links: [...part.matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
  };
}

async function mailed(): Promise<string> {
  expect(room.sink.mails).toHaveLength(1);
  return String((await simpleParser(room.sink.mails[0]?.raw ?? "")).html);
}

async function archived(date: string): Promise<string> {
  return renderToStaticMarkup(
    await DigestPage({ params: Promise.resolve({ date }), searchParams: Promise.resolve({}) }),
  );
}

async function expectTheSame(date: string, { from }: { from: string }) {
  const mail = read(await mailed(), { from, until: /You asked for/ });
  const page = read(await archived(date), { from, until: /Each paper stands|This is what was mailed/ });
  expect(page).toEqual(mail);
  expect(mail.links.length).toBeGreaterThan(0);
  return mail;
}

async function sendNow(name: string) {
  const period: Period | null = parsePeriod(name);
  if (!period) throw new Error(`${name} is no period.`);
  await sendDigestNow({
    period,
    now: Temporal.Instant.from("2026-09-01T06:00:00Z"),
    dryRun: false,
    mailer: room.mailer,
  });
}

test("the archive page has the papers, the words and the links of the mail, in its order", async () => {
  await freezeEdition("2026-08-20", [
    { title: "Attention is $O(n^2)$ & <b>bold</b>", codeUrl: "https://example.org/code" },
    ...printed,
  ]);
  await confirmSubscribers(readers(1));
  await room.sweep();
  const { words, links } = await expectTheSame("2026-08-20", { from: "20 of 35 papers" });
  expect(words).toContain("AttentionisO(n²)");
  expect(links).toContain("https://example.org/code");
});

test("also where the mail had to be cut, to arrive whole", async () => {
  await freezeEdition(
    "2026-08-20",
    Array.from({ length: 50 }, () => ({ title: chinese.slice(0, 200), abstract: chinese })),
  );
  await confirmSubscribers(readers(1));
  await room.sweep();
  const { words } = await expectTheSame("2026-08-20", { from: " of 50 papers" });
  expect(words).not.toContain(chinese.slice(0, 600));
});

test.each([
  ["week", "weekly", "2026-W34", "20 of 34 papers"],
  ["month", "monthly", "2026-08", "20 of 34 papers"],
])("also that of a %s", async (_, rhythm, name, from) => {
  await freezeEdition("2026-08-19", printed.slice(0, 20));
  await freezeEdition("2026-08-20", printed.slice(20));
  await confirmSubscribers(readers(1));
  await db.subscriber.updateMany({ data: { rhythm } });
  await sendNow(name);
  await expectTheSame(name, { from });
});

test("also that of a day without papers, for who wanted to be told why", async () => {
  await confirmSubscribers(readers(1));
  await db.subscriber.updateMany({ data: { emptyDay: "explain" } });
  await gatherAt("2026-08-21T05:00:00Z");
  await room.sweep({ now: mailHour });
  const { words } = await expectTheSame("2026-08-20", { from: "no papers" });
  expect(words).toMatch(/Nosourcelistedapaper|arXivannouncednothing/);
});
