"use client";

import { type KeyboardEvent, useId, useSyncExternalStore } from "react";
import type { LineSuggestion } from "#components/search/ask-for-suggestions.ts";
import { nextChoice } from "#components/search/next-choice.ts";
import { useSuggestions } from "#components/search/use-suggestions.ts";

type Props = { id: string; query: string; className: string };

/**
 * The line of a search form, with suggestions while one types: a combobox whose list is chosen from by arrow keys or pointer
 * (WAI-ARIA Authoring Practices, editable combobox with list autocomplete). Without JavaScript it is the plain field.
 */
export function SearchLine({ id, query, className }: Props) {
  const works = useSyncExternalStore(neverChanges, inBrowser, inHtml);
  const listId = useId();
  const { suggestions, chosen, choose, type, close } = useSuggestions();
  const open = suggestions.length > 0;
  const combobox = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": open,
    "aria-controls": listId,
    "aria-activedescendant": open && chosen >= 0 ? optionId(listId, chosen) : undefined,
  } as const;

  function press(event: KeyboardEvent<HTMLInputElement>) {
    // While a letter is put together from several keys (Chinese, Japanese), the keys are the input method's.
    if (!open || event.nativeEvent.isComposing) return;
    const next = nextChoice(event.key, chosen, suggestions.length);
    const suggestion = event.key === "Enter" ? suggestions[chosen] : undefined;
    if (next !== null) choose(next);
    else if (suggestion) follow(suggestion);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  return (
    <div className="search-line">
      <input
        id={id}
        type="search"
        name="q"
        defaultValue={query}
        placeholder="Search papers"
        autoComplete="off"
        className={className}
        {...(works ? combobox : {})}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={close}
      />
      {works && <Suggestions id={listId} suggestions={suggestions} chosen={chosen} />}
    </div>
  );
}

function Suggestions({
  id,
  suggestions,
  chosen,
}: {
  id: string;
  suggestions: readonly LineSuggestion[];
  chosen: number;
}) {
  return (
    <>
      <div id={id} role="listbox" aria-label="Suggestions" className="suggestions" hidden={suggestions.length === 0}>
        {suggestions.map((suggestion, index) => (
          <div
            key={suggestion.href}
            id={optionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            // A press would take the focus from the line, which closes the list before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => follow(suggestion)}
            onKeyDown={(event) => event.key === "Enter" && follow(suggestion)}
          >
            <span>{suggestion.line}</span> <small>{suggestion.kind}</small>
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {suggestions.length > 0 && `${suggestions.length} suggestions, to choose from by the arrow keys.`}
      </p>
    </>
  );
}

function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

function follow({ href }: LineSuggestion): void {
  location.assign(href);
}

const neverChanges = () => () => {};
const inBrowser = () => true;
const inHtml = () => false;
