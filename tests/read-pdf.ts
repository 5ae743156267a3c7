import { inflateSync } from "node:zlib";

/**
 * The text of each page of a PDF that Chromium printed, in the order in which it was drawn and without any white space,
 * for a PDF says where letters stand and not where words end. It reads the subset of PDF 1.4 that Skia writes.
 */
export function readPdf(pdf: Uint8Array): string[] {
  const objects = readObjects(Buffer.from(pdf));
  const catalog = [...objects.values()].find(({ head }) => head.includes("/Type /Catalog"));
  if (!catalog) throw new Error("This PDF has no catalog.");
  return listPages(objects, reference(catalog.head, "Pages")).map((page) => textOf(objects, page));
}

type PdfObject = { head: string; stream: string };
type Objects = Map<string, PdfObject>;
type Font = { bytes: number; letters: Map<string, string> };

function readObjects(bytes: Buffer): Objects {
  const text = bytes.toString("latin1");
  const objects: Objects = new Map();
  for (const { 1: id = "", 2: head = "", index, 0: whole } of text.matchAll(
    /(\d+) 0 obj\n([\s\S]*?)(?:endobj| stream\n)/g,
  )) {
    const begin = index + whole.length;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const raw = whole.endsWith("stream\n") ? bytes.subarray(begin, begin + length) : Buffer.alloc(0);
    const stream = head.includes("/FlateDecode") && !head.includes("/Image") ? inflateSync(raw) : raw;
    objects.set(id, { head, stream: stream.toString("latin1") });
  }
  return objects;
}

function listPages(objects: Objects, id: string): PdfObject[] {
  const node = objects.get(id);
  if (!node) throw new Error(`This PDF has no object ${id}.`);
  if (!node.head.includes("/Kids")) return [node];
  const kids = /\/Kids \[([^\]]*)\]/.exec(node.head)?.[1] ?? "";
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid = ""]) => listPages(objects, kid));
}

function textOf(objects: Objects, page: PdfObject): string {
  const fonts = new Map(
    [...page.head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", id = ""]) => [name, readFont(objects, id)]),
  );
  const drawn = objects.get(reference(page.head, "Contents"))?.stream ?? "";
  let font: Font | undefined;
  let text = "";
  for (const [, name, codes = ""] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|<([\dA-F]+)> Tj/g)) {
    if (name) font = fonts.get(name);
    else text += decode(codes, font);
  }
  return text.normalize("NFKC").replaceAll(/\s/g, "");
}

function decode(codes: string, font: Font | undefined): string {
  if (!font) return "";
  const width = font.bytes * 2;
  const cut = Array.from({ length: codes.length / width }, (_, index) =>
    codes.slice(index * width, (index + 1) * width),
  );
  return cut.map((code) => font.letters.get(code) ?? "").join("");
}

/** Its /ToUnicode map: which letters a code of the font stands for. */
function readFont(objects: Objects, id: string): Font {
  const map = objects.get(reference(objects.get(id)?.head ?? "", "ToUnicode"))?.stream ?? "";
  const bytes = (/begincodespacerange\s*<([\dA-F]+)>/.exec(map)?.[1]?.length ?? 2) / 2;
  const letters = new Map<string, string>();
  for (const [, block = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = "", units = ""] of block.matchAll(/<(\w+)> <(\w+)>/g)) letters.set(code, fromUnits(units));
  }
  for (const [, block = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first = "", last = "", units = ""] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      for (let code = parseInt(first, 16), letter = parseInt(units, 16); code <= parseInt(last, 16); code++, letter++) {
        letters.set(
          code
            .toString(16)
            .toUpperCase()
            .padStart(bytes * 2, "0"),
          String.fromCharCode(letter),
        );
      }
    }
  }
  return { bytes, letters };
}

function fromUnits(units: string): string {
  return String.fromCharCode(...(units.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));
}

function reference(head: string, key: string): string {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? "";
}
