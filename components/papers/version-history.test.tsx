import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { VersionHistory } from "#components/papers/version-history.tsx";

const versions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    version: count - index,
    submitted: `${count - index} July 2025, 09:00 UTC`,
    present: index === 0,
    arxivUrl: `https://arxiv.org/abs/2507.00001v${count - index}`,
    changes: index === 0 ? { href: "/papers/changes/2507.00001?from=1&to=2", since: count - 1 } : null,
  }));

const html = (count: number) => renderToStaticMarkup(<VersionHistory versions={versions(count)} />);
const lines = (markup: string) =>
  [...markup.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, line = ""]) => line.replace(/<[^>]*>/g, ""));

test("each line tells the version, its date, and what changed in it where that is known", () => {
  expect(lines(html(2))).toEqual([
    "v2 on arXiv: 2 July 2025, 09:00 UTC, shown here · what changed since v1",
    "v1 on arXiv: 1 July 2025, 09:00 UTC",
  ]);
  expect(html(2)).toContain('<li id="v1"');
});

test("a long list is folded, none is left out", () => {
  const folded = html(18);
  expect(folded).toContain("<summary");
  expect(folded).toContain("13 older versions");
  expect(lines(folded)).toHaveLength(18);
  expect(html(6)).not.toContain("<details");
});

test("without versions there is no list", () => {
  expect(html(0)).toBe("");
});
