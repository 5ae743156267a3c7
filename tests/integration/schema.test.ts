import { expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";

const paper = { title: "On slow reading", abstract: "We read slowly.", authors: ["Ada One"], categories: ["cs.CL"] };

test("the database refuses an id with a version, an empty title and a link that is no web link", async () => {
  await expect(db.paper.create({ data: { ...paper, id: "2608.00001v2" } })).rejects.toThrow(/paper_id_is_arxiv/);
  await expect(db.paper.create({ data: { ...paper, id: "2608.00001", title: "" } })).rejects.toThrow(
    /paper_has_a_title/,
  );
  await expect(
    db.paper.create({ data: { ...paper, id: "2608.00001", codeUrl: "javascript:alert(1)" } }),
  ).rejects.toThrow(/paper_links_are_web_links/);
});

test("a change of the text takes a new number, a change of anything else does not", async () => {
  const first = await db.paper.create({ data: { ...paper, id: "hep-th/9901001" } });
  const renamed = await db.paper.update({ where: { id: first.id }, data: { title: "On slower reading" } });
  const withdrawn = await db.paper.update({ where: { id: first.id }, data: { comment: "12 pages" } });

  expect(first.changeSeq).toBeGreaterThan(0n);
  expect(renamed.changeSeq).toBeGreaterThan(first.changeSeq);
  expect(withdrawn.changeSeq).toBe(renamed.changeSeq);
});

test("nobody is an active subscriber without a confirmation", async () => {
  const asked = {
    email: "a@example.org",
    emailKey: "a@example.org",
    emailHash: "hash",
    formVersion: "1",
    requestedAt: new Date(0),
  };
  await expect(db.subscriber.create({ data: { ...asked, status: "active" } })).rejects.toThrow(
    /active_means_confirmed/,
  );
});
