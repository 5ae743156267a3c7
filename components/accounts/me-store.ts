import { useSyncExternalStore } from "react";
import { routes } from "#lib/platform/routes.ts";
import type { Me, VoteOutcome } from "#lib/votes/types.ts";

/**
 * This reader's vote for a paper and how many readers voted, asked of the site once for all papers on the page. What was printed,
 * the same for everybody, stands until it is known. Both are plain values, so that of fifty buttons only those are drawn
 * again for which the answer says something new.
 */
export function useVote(paperId: string, { printed }: { printed: number }): VoteOutcome {
  const upvoted = useSyncExternalStore(
    watcherOf(paperId),
    () => me?.upvoted.includes(paperId) ?? false,
    () => false,
  );
  const ours = useSyncExternalStore(
    listen,
    () => me?.ours[paperId] ?? printed,
    () => printed,
  );
  return { upvoted, ours };
}

/** What is known of the reader, as soon as it is known. */
export async function whoAmI(): Promise<Me> {
  return me ?? (await asked) ?? unknownReader;
}

/** Notes what the site answered to a vote, here and in the reader's other tabs. */
export function noteVote(paperId: string, outcome: VoteOutcome): void {
  keepVote(paperId, outcome);
  try {
    // The storage event is the message; nothing stays behind.
    localStorage.setItem(messageKey, JSON.stringify({ paperId, ...outcome }));
    localStorage.removeItem(messageKey);
  } catch {
    // A browser that keeps nothing: other tabs learn of it when they are loaded again.
  }
}

function keepVote(paperId: string, { upvoted, ours }: VoteOutcome): void {
  const before = me ?? unknownReader;
  const others = before.upvoted.filter((id) => id !== paperId);
  tell({ ...before, upvoted: upvoted ? [...others, paperId] : others, ours: { ...before.ours, [paperId]: ours } });
}

const unknownReader: Me = { signedIn: false, upvoted: [], ours: {} };
const mostPapers = 100;
const messageKey = "vote";
const listeners = new Set<() => void>();
const watchers = new Map<string, (listener: () => void) => () => void>();
/** Papers that the page shows and of which nothing has been asked yet. */
let waiting: string[] = [];
let me: Me | undefined;
let asked: Promise<Me | undefined> | undefined;

/** One function for each paper, since a new one at each render would be a new subscription. */
function watcherOf(paperId: string): (listener: () => void) => () => void {
  const known = watchers.get(paperId);
  if (known) return known;
  const watcher = (listener: () => void) => {
    if (listeners.size === 0) {
      window.addEventListener("pageshow", askAgainWhenKept);
      window.addEventListener("storage", hearOtherTab);
    }
    waiting.push(paperId);
    ask();
    return listen(listener);
  };
  watchers.set(paperId, watcher);
  return watcher;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Another tab voted. A tab that does not know its reader yet asks anyway. */
function hearOtherTab({ key, newValue }: StorageEvent): void {
  if (key !== messageKey || !newValue || !me?.signedIn) return;
  const { paperId, upvoted, ours }: VoteOutcome & { paperId: string } = JSON.parse(newValue);
  keepVote(paperId, { upvoted, ours });
}

/** A page that the browser had kept for its Back button is from before a signing in or out. */
function askAgainWhenKept(event: PageTransitionEvent): void {
  if (!event.persisted) return;
  waiting = [...watchers.keys()];
  ask();
}

/** All buttons of a page appear in one go: their papers are asked for together, after it. */
function ask(): void {
  asked ??= new Promise<void>((next) => setTimeout(next)).then(fetchMe).finally(() => {
    asked = undefined;
    if (waiting.length > 0) ask();
  });
}

async function fetchMe(): Promise<Me | undefined> {
  const papers = waiting.slice(0, mostPapers);
  waiting = waiting.slice(mostPapers);
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
