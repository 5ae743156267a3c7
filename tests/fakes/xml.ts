/** Text for an element or an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[^\P{Cc}\t\n\r]/gu, "");
}

/** An indented line with one element, or nothing when there is no text. */
export function element(name: string, text: string | null, indent = "    "): string {
  return text === null ? "" : `${indent}<${name}>${escapeXml(text)}</${name}>\n`;
}
