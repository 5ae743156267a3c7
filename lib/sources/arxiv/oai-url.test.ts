import { expect, test } from "vitest";
import { oaiListUrl, oaiNextUrl, oaiSetOf } from "#lib/sources/arxiv/oai-url.ts";

const endpoint = "https://oaipmh.arxiv.org/oai";

test.each([
  ["cs.LG", "cs:cs:LG"],
  ["math.CO", "math:math:CO"],
  ["physics.plasm-ph", "physics:physics:plasm-ph"],
  ["cond-mat.str-el", "physics:cond-mat:str-el"],
  ["hep-th", "physics:hep-th"],
  ["cs", "cs"],
])("the set of %s is %s", (category, set) => expect(oaiSetOf(category)).toBe(set));

test("the first page names the days and the set, a later one its token alone, word for word", () => {
  const from = Temporal.PlainDate.from("2026-08-01");
  expect(oaiListUrl(endpoint, { set: "cs:cs:LG", from, until: null })).toBe(
    `${endpoint}?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-08-01&set=cs%3Acs%3ALG`,
  );
  const token = "verb%3DListRecords%26skip%3D2000|1";
  expect(new URL(oaiNextUrl(endpoint, token)).searchParams.get("resumptionToken")).toBe(token);
});
