import type { Command } from "#components/keyboard/keys.ts";
import {
  chooseStop,
  currentPaper,
  linkForKey,
  neighbour,
  openLinkOf,
  originalLinkOf,
  searchLine,
  upvoteButtonOf,
} from "#components/keyboard/papers-on-page.ts";
import { routes } from "#lib/platform/routes.ts";

export type Deed = Exclude<Command, "help">;

/** Does what a key asks for on this page. Gives what there is to say: nothing when it is done, else why it cannot be. */
export function obey(deed: Deed): string {
  return deeds[deed]();
}

const deeds: Record<Deed, () => string> = {
  next: () => move(1, "That was the last paper of this page."),
  previous: () => move(-1, "That is the first paper of this page."),
  open: () => inPaper(openLinkOf, "This is the paper's own page."),
  original: () => inPaper(originalLinkOf, "No original is known of this paper."),
  upvote: () => inPaper(upvoteButtonOf, "This paper cannot be upvoted here."),
  compact: () => press(linkForKey("c"), "There is no compact view of this page."),
  earlier: () => press(linkForKey("h"), "There is nothing earlier here."),
  later: () => press(linkForKey("l"), "There is nothing later here."),
  latest: () => go(routes.home()),
  trending: () => go(routes.trending()),
  // A search for a space: the page that says how to search. Without a query the address is that of the latest edition.
  "search-page": () => go(routes.search(" ")),
  search: write,
};

function move(direction: 1 | -1, otherwise: string): string {
  const stop = neighbour(direction);
  if (!stop) return otherwise;
  chooseStop(stop, { smoothly: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
  return "";
}

function inPaper(find: (paper: HTMLElement) => HTMLElement | null, otherwise: string): string {
  const paper = currentPaper();
  return paper ? press(find(paper), otherwise) : "Choose a paper first: j is the next one.";
}

function press(element: HTMLElement | null, otherwise: string): string {
  element?.click();
  return element ? "" : otherwise;
}

function go(address: string): string {
  window.location.assign(address);
  return "";
}

function write(): string {
  const line = searchLine();
  line?.select();
  return line ? "" : "This page has no search line.";
}
