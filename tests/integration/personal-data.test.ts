import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { requestLatestDigest } from "#lib/digest/recipients/commands.ts";
import { marks } from "#lib/personal/marks.ts";
import { findPersonalData } from "#lib/personal/queries.ts";
import { db } from "#lib/platform/db.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";

/** The columns of each model: its fields that are no rows of another model. */
function readSchema(): Map<string, string[]> {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
  const names = new Set(models.map(([, name]) => name));
  return new Map(
    models.map(([, name = "", body = ""]) => {
      const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)];
      return [name, fields.filter(([, , type]) => !names.has(type)).map(([, field = ""]) => field)];
    }),
  );
}

test("each column of the schema is marked: told to the person, withheld, or about nobody", () => {
  const schema = readSchema();
  expect(schema.size).toBeGreaterThan(20);
  for (const [model, columns] of schema) {
    const { told, withheld, none } = marks[model] ?? {};
    const marked = [told, withheld, none].flatMap((list) => list?.split(" ") ?? []);
    expect(marked.toSorted(), `${model}: mark each of its columns once, in lib/personal/marks.ts`).toEqual(
      columns.toSorted(),
    );
  }
  expect(Object.keys(marks).filter((model) => !schema.has(model))).toEqual([]);
});

const person = { id: "ada", email: "ada@example.org" };

test("a person gets all that is known of them, and nothing of anybody else", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers([person.email, "bo@example.org"]);
  await db.subscriber.updateMany({ data: { rhythm: "weekly", classes: ["cs.CL"], timeZone: "Asia/Kathmandu" } });
  for (const email of [person.email, "bo@example.org"]) await fillIn(email);

  const data = await findPersonalData(person);
  const written = JSON.stringify(data);
  expect(written).not.toMatch(/\bbo\b|secret-of/);
  const tables = {
    Account: [data.account ?? {}],
    Session: data.sessions,
    Identity: data.identities,
    Verification: data.signInLinks,
    Upvote: data.upvotes,
    LetterRequest: data.letters,
    Subscriber: data.subscriptions,
    Delivery: data.deliveries,
    Suppression: data.suppressions,
  };
  for (const [model, rows] of Object.entries(tables)) {
    expect(rows, model).toHaveLength(1);
    for (const column of marks[model]?.told?.split(" ") ?? []) {
      expect(rows[0], `${model}.${column}`).toHaveProperty(column);
    }
  }
  expect(Object.keys(marks).filter((model) => marks[model]?.told)).toEqual(expect.arrayContaining(Object.keys(tables)));
  expect(Object.keys(marks).filter((model) => marks[model]?.told)).toHaveLength(Object.keys(tables).length);
  expect(data.subscriptions[0]).toMatchObject({ rhythm: "weekly", classes: ["cs.CL"], timeZone: "Asia/Kathmandu" });
  expect(data.deliveries[0]).toMatchObject({ digest: { kind: "day" } });
});

/** A row about this person in each table that can have one. */
async function fillIn(email: string): Promise<void> {
  const id = email.split("@")[0] ?? "";
  const expiresAt = new Date("2026-09-01");
  await db.account.create({
    data: {
      id,
      name: `name of ${id}`,
      email,
      sessions: { create: { id: `session ${id}`, token: `secret-of ${id}`, expiresAt, userAgent: `browser of ${id}` } },
      identities: { create: { id: `identity ${id}`, accountId: id, providerId: "x", accessToken: `secret-of ${id}` } },
      upvotes: { create: { paperId: "2608.20001", castAt: new Date() } },
    },
  });
  await db.verification.create({
    data: { id: `link ${id}`, identifier: `secret-of ${id}`, value: JSON.stringify({ email }), expiresAt },
  });
  const times = { requestedAt: new Date(), dueAt: new Date(), expiresAt };
  await db.letterRequest.create({ data: { kind: "sign-in", email, emailKey: email, ...times } });
  const subscriber = await db.subscriber.findFirstOrThrow({ where: { emailKey: email } });
  await requestLatestDigest({ subscriberId: subscriber.id, now: Temporal.Instant.from("2026-08-21T08:00:00Z") });
  const emailHash = keyedHash("suppression", email);
  await db.suppression.create({ data: { emailHash, reason: "bounced", since: new Date() } });
}
