import { useEffect, useRef, useState } from "react";
import { askForSuggestions, type LineSuggestion } from "#components/search/ask-for-suggestions.ts";

const shortest = 2;
// Quick typists strike a key about each tenth of a second: they are asked about when they pause.
const pauseMs = 120;

type List = { suggestions: readonly LineSuggestion[] /** Index in the list; -1: the line itself. */; chosen: number };

const closed: List = { suggestions: [], chosen: -1 };

/** The list under a line that is being typed: asked for at each pause, an answer that comes too late is thrown away. */
export function useSuggestions() {
  const [list, setList] = useState(closed);
  const asking = useRef<{ timer: ReturnType<typeof setTimeout>; question: AbortController } | null>(null);

  function stop() {
    clearTimeout(asking.current?.timer);
    asking.current?.question.abort();
    asking.current = null;
  }

  function close() {
    stop();
    setList(closed);
  }

  function type(typed: string) {
    stop();
    if (typed.trim().length < shortest) return close();
    const question = new AbortController();
    const ask = () =>
      askForSuggestions(typed, question.signal).then(
        (suggestions) => question.signal.aborted || setList({ suggestions, chosen: -1 }),
        () => {}, // another letter was typed meanwhile
      );
    asking.current = { timer: setTimeout(ask, pauseMs), question };
  }

  function choose(chosen: number) {
    setList(({ suggestions }) => ({ suggestions, chosen }));
  }

  // A question outlives its line when the page changes: the network is the outside system that is told.
  useEffect(() => () => asking.current?.question.abort(), []);

  return { ...list, type, choose, close };
}
