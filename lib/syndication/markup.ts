import { withoutControls } from "#lib/platform/text-encoding.ts";

/** Markup that is safe as it stands, in XML and in HTML. */
export type Markup = { readonly markup: string };

type Attributes = Record<string, string | number | undefined>;

/** One element. Strings are text and escaped; null content is left out, an undefined attribute too. */
export function element(name: string, attributes: Attributes = {}, ...content: (string | Markup | null)[]): Markup {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeText(String(value))}"`],
  );
  const inside = content.map((part) =>
    part === null ? "" : typeof part === "string" ? escapeText(part) : part.markup,
  );
  const opening = `<${name}${written.join("")}`;
  return { markup: content.length === 0 ? `${opening}/>` : `${opening}>${inside.join("")}</${name}>` };
}

/** A whole XML document of this root. */
export function xmlDocument(root: Markup): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.markup}\n`;
}

/**
 * Any Unicode as the text of an element or of a quoted attribute. Characters that XML 1.0 has no way to write (controls,
 * halves of surrogate pairs, U+FFFE, U+FFFF) are left out: one of them would cost the reader the whole feed.
 */
function escapeText(text: string): string {
  return withoutControls(text)
    .replace(/[\uFFFE\uFFFF]/g, "")
    .replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
