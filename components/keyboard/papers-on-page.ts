import { outside, routes } from "#lib/platform/routes.ts";

/** The paper that is meant: the one in which the focus lies; on a paper's own page, that paper. */
export function currentPaper(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>("main article");
  return focused ?? document.querySelector<HTMLElement>("main article:has(h1)");
}

/**
 * The stop before or after the current one. Stops are the titles of the papers and, after the last, the way on. A reader
 * who has scrolled away goes on from what is on the screen. Null at either end.
 */
export function neighbour(direction: 1 | -1): HTMLElement | null {
  const stops = [...document.querySelectorAll<HTMLElement>(`main article :is(h2, h3) a, main ${byKey("j")}`)];
  const here = stops.findIndex((stop) => regionOf(stop).contains(document.activeElement));
  const region = stops[here] && regionOf(stops[here]);
  if (region && isOnScreen(region)) return stops[here + direction] ?? null;
  const isBelow = (stop: HTMLElement) => regionOf(stop).getBoundingClientRect().top >= 0;
  return (direction === 1 ? stops.find(isBelow) : stops.findLast((stop) => !isBelow(stop))) ?? null;
}

/** The focus goes to the title, so that a screen reader says it; the paper comes to the top of the screen. */
export function chooseStop(stop: HTMLElement, { smoothly }: { smoothly: boolean }): void {
  stop.focus({ preventScroll: true });
  regionOf(stop).scrollIntoView({ block: "start", behavior: smoothly ? "smooth" : "instant" });
}

export function openLinkOf(paper: HTMLElement): HTMLElement | null {
  return paper.querySelector<HTMLElement>(":is(h2, h3) a");
}

/** An abstract may link to other papers: the original is the link to this one. */
export function originalLinkOf(paper: HTMLElement): HTMLElement | null {
  const id = voteFormOf(paper)?.getAttribute("action")?.slice(routes.castVote("").length);
  return id ? paper.querySelector<HTMLElement>(`a[href="${outside.arxivAbstract(id)}"]`) : null;
}

export function upvoteButtonOf(paper: HTMLElement): HTMLElement | null {
  return voteFormOf(paper)?.querySelector("button") ?? null;
}

/** A link that a page marks with `data-key` is followed by that key. */
export function linkForKey(key: "c" | "h" | "l"): HTMLElement | null {
  return document.querySelector<HTMLElement>(`main ${byKey(key)}`);
}

/** The search line of the page's own, if it has one; else that of the masthead. */
export function searchLine(): HTMLInputElement | null {
  const lines = document.querySelectorAll<HTMLInputElement>("search input[type=search]");
  return [...lines].find((line) => line.closest("main")) ?? lines[0] ?? null;
}

/** Keys that are typed into something, or that a list or a dialog reads by itself, are not for us. */
export function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]")) return true;
  const readsKeys = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox]";
  return target instanceof Element && target.closest(readsKeys) !== null;
}

function byKey(key: string): string {
  return `a[data-key="${key}"]`;
}

function regionOf(stop: HTMLElement): HTMLElement {
  return stop.closest<HTMLElement>("main article") ?? stop;
}

function isOnScreen(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

function voteFormOf(paper: HTMLElement): HTMLFormElement | null {
  return paper.querySelector<HTMLFormElement>(`form[action^="${routes.castVote("")}"]`);
}
