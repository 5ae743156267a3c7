import { withoutControls } from "#lib/platform/text-encoding.ts";

/** A title or a name on one line: wraps and runs of blanks become single blanks. */
export function oneLine(text: string): string {
  // Only what is no single blank: an abstract has two hundred of those, and each replacement costs.
  return withoutControls(text)
    .replace(/\s{2,}|[^\S ]/g, " ")
    .trim();
}

/**
 * An abstract with its hard wraps undone. Paragraphs stay, parted by an empty line. arXiv begins a paragraph by an
 * indented line after the end of a sentence; where every line is indented, that is only how the answer was printed.
 */
export function paragraphs(text: string): string {
  const unix = withoutControls(text).replace(/\r\n?/g, "\n").trim();
  const allIndented = !/\n\S/.test(unix) && (unix.match(/\n/g)?.length ?? 0) > 1;
  const parted = allIndented ? unix : unix.replace(/(?<=[.?!:)])[ \t]*\n[ \t]{2,}/g, "\n\n");
  return parted
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter(Boolean)
    .join("\n\n");
}

/** An http or https address, or null: people type these, and no other scheme may become a link. */
export function webLink(text: unknown): string | null {
  if (typeof text !== "string") return null;
  const url = URL.parse(oneLine(text));
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username || url.password) return null;
  return url.href.length <= 2000 ? url.href : null;
}

/** Any value of JSON with its strings and keys made storable: Postgres takes no NUL and no half surrogate pair. */
export function storableJson(value: unknown): unknown {
  if (typeof value === "string") return withoutControls(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [withoutControls(key), storableJson(part)]));
}
