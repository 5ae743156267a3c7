import type { Page } from "playwright-core";

/**
 * What somebody who hears a page misses in it, in sentences; none for a page whose outline is whole: a title, a language,
 * one h1, headings without a gap, one of each landmark, and a name for everything that can be used.
 */
export async function outlineFaults(page: Page): Promise<string[]> {
  const structure = [...(await page.evaluate(headingFaults)), ...(await page.evaluate(landmarkFaults))];
  return [...structure, ...namelessControls(await page.locator("body").ariaSnapshot())];
}

/** Roles as a screen reader is told them, by the browser's own accessibility tree. */
function namelessControls(snapshot: string): string[] {
  const roles = "button|link|textbox|searchbox|checkbox|radio|combobox|slider|dialog|article|img|navigation|search";
  const nameless = new RegExp(`^ *- (${roles})\\b(?! ")(.*)$`, "gm");
  return [...snapshot.matchAll(nameless)].map(([, role, rest]) => `a ${role} without a name${rest}`);
}

/** Runs in the page. */
function headingFaults(): string[] {
  const faults: string[] = [];
  const visible = (element: Element) => element.checkVisibility();
  if (document.title.trim() === "") faults.push("no title");
  if (!/^[a-z]{2}/.test(document.documentElement.lang)) faults.push("no language");

  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(visible).map((heading) => ({
    level: Number(heading.tagName.slice(1)),
    words: (heading.textContent ?? "").slice(0, 60),
  }));
  const first = levels.filter(({ level }) => level === 1).length;
  if (first !== 1) faults.push(`${first} h1`);
  for (const [index, { level, words }] of levels.entries()) {
    if (words.trim() === "") faults.push(`an empty h${level}`);
    const before = levels[index - 1]?.level ?? 0;
    if (level > before + 1) faults.push(`h${level} “${words}” after h${before}`);
  }
  return faults;
}

/** Runs in the page. */
function landmarkFaults(): string[] {
  const faults: string[] = [];
  for (const [what, selector] of [
    ["banner", "body > header"],
    ["main", "main"],
    ["contentinfo", "body > footer"],
  ] as const) {
    const count = document.querySelectorAll(selector).length;
    if (count !== 1) faults.push(`${count} of ${what}`);
  }
  for (const kind of ["nav", "search"]) {
    const names = [...document.querySelectorAll(kind)]
      .filter((part) => part.checkVisibility())
      .map((part) => part.getAttribute("aria-label"));
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    if (twice.length > 0) faults.push(`two of ${kind} “${twice.join(", ")}”`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (doubled.length > 0) faults.push(`ids twice: ${doubled.join(", ")}`);
  return faults;
}
