import { useSyncExternalStore } from "react";
import { routes } from "#lib/platform/routes.ts";
import type { Me, VoteOutcome } from "#lib/votes/types.ts";

/**
 * What this reader is to this page, asked of the site once for all buttons on it. Undefined until it is known: in the
 * HTML, which is the same for everybody, and for the first moment in the browser.
 */
export function useMe(paperId: string): Me | undefined {
  return useSyncExternalStore(watcherOf(`paper ${paperId}`, paperId), read, () => undefined);
}

/** The same where no paper is meant. Asked again at each `path`: on the way there somebody may have signed in or out. */
export function useMeAt(path: string): Me | undefined {
  return useSyncExternalStore(watcherOf(`path ${path}`), read, () => undefined);
}

/** What is known of the reader, as soon as it is known. */
export async function whoAmI(): Promise<Me> {
  return me ?? (await asked) ?? unknownReader;
}

/** Notes what the site answered to a vote. */
export function noteVote(paperId: string, { upvoted, ours }: VoteOutcome): void {
  const before = me ?? unknownReader;
  const others = before.upvoted.filter((id) => id !== paperId);
  tell({ ...before, upvoted: upvoted ? [...others, paperId] : others, ours: { ...before.ours, [paperId]: ours } });
}

const unknownReader: Me = { signedIn: false, upvoted: [], ours: {} };
const listeners = new Set<() => void>();
const watchers = new Map<string, (listener: () => void) => () => void>();
let waiting = new Set<string>();
let me: Me | undefined;
let asked: Promise<Me | undefined> | undefined;

const read = () => me;

/** One function for each name, since a new one at each render would be a new subscription. */
function watcherOf(name: string, paperId?: string): (listener: () => void) => () => void {
  const known = watchers.get(name);
  if (known) return known;
  const watcher = (listener: () => void) => {
    listeners.add(listener);
    if (paperId !== undefined) waiting.add(paperId);
    ask();
    return () => listeners.delete(listener);
  };
  watchers.set(name, watcher);
  return watcher;
}

/** All buttons of a page appear in one go: their papers are asked for together, after it. */
function ask(): void {
  asked ??= new Promise<void>((next) => setTimeout(next)).then(fetchMe).finally(() => {
    asked = undefined;
    if (waiting.size > 0) ask();
  });
}

async function fetchMe(): Promise<Me | undefined> {
  const papers = [...waiting].slice(0, 100);
  waiting = new Set([...waiting].slice(100));
  try {
    const answer = await fetch(routes.me(papers));
    if (answer.ok) tell(merged(await answer.json(), papers));
  } catch {
    // A page whose personal part cannot be had is still the page: its buttons then lead through the forms.
  }
  return me;
}

/** The news are about these papers only: what was known of others stays, unless the reader is another one now. */
function merged(news: Me, papers: readonly string[]): Me {
  if (!me || me.email !== news.email) return news;
  const others = me.upvoted.filter((id) => !papers.includes(id));
  return { ...news, upvoted: [...others, ...news.upvoted], ours: { ...me.ours, ...news.ours } };
}

function tell(news: Me): void {
  me = news;
  for (const listener of listeners) listener();
}
