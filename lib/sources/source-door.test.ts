import { expect, test } from "vitest";
import { arxivDoor, arxivOaiDoor } from "#lib/sources/source-door.ts";

test("arXiv's search, feed and records take turns of the same host: one request in three seconds over all of them", () => {
  const doors = [
    arxivDoor("https://export.arxiv.org/api/query"),
    arxivDoor("https://rss.arxiv.org"),
    arxivOaiDoor("https://oaipmh.arxiv.org/oai"),
  ];
  expect(doors.map(({ hostKey, spacingMs }) => [hostKey, spacingMs])).toEqual([
    ["arxiv", 3000],
    ["arxiv", 3000],
    ["arxiv", 3000],
  ]);
  expect(doors[2]?.mayRedirectTo).toContain("oaipmh.arxiv.org");
});

test("an arXiv that is played on this machine has turns of its own, without spacing", () => {
  expect(arxivOaiDoor("http://127.0.0.1:4600/oai")).toMatchObject({ hostKey: "127.0.0.1:4600", spacingMs: 0 });
});
