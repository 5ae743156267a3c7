import { routes } from "#lib/platform/routes.ts";

/** A line that the typed one may become: what it is, and where it leads. */
export type LineSuggestion = { line: string; kind: string; href: string };

/** Asks the site. None when it cannot be asked; the form works as well without. Throws when `signal` ends the question. */
export async function askForSuggestions(typed: string, signal: AbortSignal): Promise<LineSuggestion[]> {
  try {
    const answer = await fetch(routes.suggest(typed), { signal });
    return answer.ok ? readSuggestions(await answer.json()) : [];
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}

/** The four lists of OpenSearch's suggestions. Addresses are the site's own; on this page its paths are enough. */
function readSuggestions([, lines, kinds, addresses]: [string, string[], string[], string[]]): LineSuggestion[] {
  return lines.map((line, index) => {
    const { pathname, search } = new URL(addresses[index] ?? "", location.href);
    return { line, kind: kinds[index] ?? "", href: pathname + search };
  });
}
