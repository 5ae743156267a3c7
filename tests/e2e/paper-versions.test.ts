import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { expectAccessible, siteUrl, withBrowser } from "#tests/e2e/browser.ts";

const open = withBrowser();
const paper = "/papers/2507.90991";
const changes = "/papers/changes/2507.90991";

const dates = ["Tue, 1 Jul 2025 09:00:00 GMT", "Wed, 2 Jul 2025 09:00:00 GMT", "Thu, 3 Jul 2025 09:00:00 GMT"];
const record = (version: number, title: string, abstract: string, comments: string | null = null) => ({
  id: "2507.90991",
  title,
  abstract,
  comments,
  authors: "Ada One",
  authors_parsed: [["One", "Ada", ""]],
  categories: "cs.CL",
  versions: dates.slice(0, version).map((created, index) => ({ version: `v${index + 1}`, created })),
});

beforeAll(async () => {
  // As an operator would: the snapshot of one month, then of the next, beside the running site.
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-versions-"));
  const snapshots = [
    record(1, "Versions of a teapot", "The teapot pours in $O(n^2)$ steps. It is old."),
    record(2, "Versions of a teapot", "The teapot pours in $O(n \\log n)$ steps. It is new and blue."),
    record(3, "Versions of a teapot", "The teapot is gone.", "This paper has been withdrawn by the author."),
  ];
  for (const [index, snapshot] of snapshots.entries()) {
    const path = join(folder, `snapshot-${index}.jsonl`);
    writeFileSync(path, `${JSON.stringify(snapshot)}\n`);
    const env = { ...process.env, DATA_DIR: inject("dataDir") };
    await promisify(execFile)(process.execPath, ["scripts/import.ts", path], { env });
  }
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

describe.each([
  { manner: "with JavaScript", javaScriptEnabled: true },
  { manner: "without JavaScript", javaScriptEnabled: false },
])("a reader $manner", ({ javaScriptEnabled }) => {
  test("sees a paper's versions with their dates, and reads word by word what changed", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto(paper);
    const versions = page.getByRole("region", { name: "Versions" }).getByRole("listitem");
    expect(await versions.allTextContents()).toEqual([
      "v3 on arXiv: 3 July 2025, 09:00 UTC, shown here · what changed since v2",
      "v2 on arXiv: 2 July 2025, 09:00 UTC · what changed since v1",
      "v1 on arXiv: 1 July 2025, 09:00 UTC",
    ]);
    expect(await page.getByText(/^Withdrawn: its last version says so/).isVisible()).toBe(true);
    expect(await page.getByRole("link", { name: "See what it said in version 2" }).getAttribute("href")).toBe(
      `${changes}?from=2&to=3`,
    );
    await page.getByRole("link", { name: "what changed since v1" }).click();
    await page.getByRole("heading", { level: 1, name: "What changed from version 1 to version 2" }).waitFor();
    const [removed, added] = [page.getByRole("article").locator("p del"), page.getByRole("article").locator("p ins")];
    expect(await removed.locator("math").count()).toBe(1);
    expect(await added.locator("math").count()).toBe(1);
    expect(await added.last().textContent()).toContain("new and blue");
    expect(await removed.last().evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toBe("line-through");
    expect(await added.last().evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toBe("underline");

    await page.getByRole("combobox", { name: /^To/ }).selectOption({ label: "Version 3, 3 July 2025" });
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForURL(`${siteUrl}${changes}?from=1&to=3`);
    await page.getByRole("heading", { level: 1, name: "What changed from version 1 to version 3" }).waitFor();
    await page.getByRole("link", { name: "Versions of a teapot" }).click();
    await page.waitForURL(`${siteUrl}${paper}`);
  });
});

test("an address with a version leads to the paper and marks the line of that version", async () => {
  const page = await open({});
  await page.goto(`${paper}v2`);
  expect(page.url()).toBe(`${siteUrl}${paper}#v2`);
  expect(await page.locator("li:target").textContent()).toMatch(/^v2 on arXiv: 2 July 2025/);
});

test("a list marks a withdrawn paper", async () => {
  const page = await open({});
  await page.goto("/papers?q=versions+teapot");
  const found = page.getByRole("article").filter({ hasText: "Versions of a teapot" });
  expect(await found.getByText("Withdrawn", { exact: true }).isVisible()).toBe(true);
});

test("the comparison is accessible in both schemes", async () => {
  const page = await open({});
  for (const address of [`${changes}?from=1&to=2`, changes, `${changes}?from=2&to=2`, paper]) {
    await page.goto(address);
    await expectAccessible(page);
  }
});

test("no such paper has no comparison", async () => {
  expect((await fetch(`${siteUrl}/papers/changes/2507.99999`)).status).toBe(404);
  expect((await fetch(`${siteUrl}/papers/changes/nonsense`)).status).toBe(404);
});
