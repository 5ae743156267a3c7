import { inflateSync } from "node:zlib";

/**
 * The code points that a font has glyphs for, read from its file: OpenType, or WOFF (https://www.w3.org/TR/WOFF/,
 * section 5); the table `cmap`, formats 4 and 12. Throws where the file is no such font: it is one of ours.
 */
export function readCoverage(font: Buffer): Set<number> {
  const cmap = readTable(font, "cmap");
  const covered = new Set<number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) readSegments(table, covered);
    if (format === 12) readGroups(table, covered);
  }
  return covered;
}

function readTable(font: Buffer, name: string): Buffer {
  const isPacked = font.toString("latin1", 0, 4) === "wOFF";
  const [tables, first, size] = isPacked ? [font.readUInt16BE(12), 44, 20] : [font.readUInt16BE(4), 12, 16];
  for (let index = 0; index < tables; index++) {
    const entry = font.subarray(first + index * size);
    if (entry.toString("latin1", 0, 4) === name) return isPacked ? unpack(font, entry) : cut(font, entry);
  }
  throw new Error(`The font has no table ${name}.`);
}

function unpack(font: Buffer, entry: Buffer): Buffer {
  const [offset, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)];
  const bytes = font.subarray(offset, offset + packed);
  return packed < length ? inflateSync(bytes) : bytes;
}

function cut(font: Buffer, entry: Buffer): Buffer {
  const offset = entry.readUInt32BE(8);
  return font.subarray(offset, offset + entry.readUInt32BE(12));
}

/** Format 4: ranges below U+10000. A range may hold gaps whose glyph is 0; the fonts of ours have none. */
function readSegments(table: Buffer, covered: Set<number>): void {
  const doubled = table.readUInt16BE(6);
  for (let at = 0; at < doubled; at += 2) {
    const [end, start] = [table.readUInt16BE(14 + at), table.readUInt16BE(16 + doubled + at)];
    for (let point = start; point <= end && point < 0xffff; point++) covered.add(point);
  }
}

/** Format 12: ranges anywhere. */
function readGroups(table: Buffer, covered: Set<number>): void {
  for (let index = 0; index < table.readUInt32BE(12); index++) {
    const at = 16 + index * 12;
    for (let point = table.readUInt32BE(at); point <= table.readUInt32BE(at + 4); point++) covered.add(point);
  }
}
