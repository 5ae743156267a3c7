const namedEntities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** `&#64257;` and `&amp;` of text that was escaped for XML once too often. Unknown names and impossible numbers stay. */
export function unescapeEntities(text: string): string {
  return text.replace(/&(?:#(\d{2,6})|#x([0-9a-f]{2,5})|(amp|lt|gt|quot|apos|nbsp));/gi, unescapeEntity);
}

function unescapeEntity(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return namedEntities[name.toLowerCase()] ?? entity;
  return printableCharacter(decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16)) ?? entity;
}

/** The character of a code point; null for controls, surrogates and what lies beyond Unicode. */
export function printableCharacter(point: number): string | null {
  const isControl = point < 0x20 || (point >= 0x7f && point <= 0x9f);
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return Number.isInteger(point) && !isControl && !isSurrogate && point <= 0x10ffff
    ? String.fromCodePoint(point)
    : null;
}
