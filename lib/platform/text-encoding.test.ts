import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText, withoutControls } from "#lib/platform/text-encoding.ts";

const bytes = (text: string, encoding: BufferEncoding = "utf8") => new Uint8Array(Buffer.from(text, encoding));

test("a byte order mark beats the header, the header beats the XML declaration", () => {
  const marked = bytes('\ufeff<?xml version="1.0" encoding="iso-8859-1"?><t>Gödel</t>');
  expect(decodeText(marked, "text/xml; charset=windows-1251")).toContain("<t>Gödel</t>");
  expect(decodeText(marked, null).startsWith("<?xml")).toBe(true);

  const latin = bytes('<?xml version="1.0" encoding="utf-8"?><t>Gödel</t>', "latin1");
  expect(decodeText(latin, 'application/rss+xml; charset="ISO-8859-1"')).toContain("<t>Gödel</t>");
});

test("without mark and header, the XML declaration says it; without all three it is UTF-8", () => {
  const latin = bytes("<?xml version='1.0' encoding='ISO-8859-1'?><t>Gödel</t>", "latin1");
  expect(decodeText(latin, "application/xml")).toContain("<t>Gödel</t>");
  expect(decodeText(bytes("纸上谈兵 🦜"), "application/json")).toBe("纸上谈兵 🦜");
});

test("UTF-16 is read with its mark and without", () => {
  const xml = '<?xml version="1.0"?><t>Gödel</t>';
  expect(decodeText(bytes(`\ufeff${xml}`, "utf16le"), null)).toBe(xml);
  expect(decodeText(bytes(xml, "utf16le"), null)).toBe(xml);
  expect(decodeText(new Uint8Array(Buffer.from(xml, "utf16le").swap16()), null)).toBe(xml);
});

test("UTF-8 that is called Latin-1 is UTF-8; Latin-1 that is called so is that", () => {
  for (const charset of ["iso-8859-1", "latin1", "windows-1252", "us-ascii"]) {
    expect(decodeText(bytes("Łąka d'Été 🦜"), `application/json; charset=${charset}`)).toBe("Łąka d'Été 🦜");
    expect(decodeText(bytes("Gödel, Été", "latin1"), `text/xml; charset=${charset}`)).toBe("Gödel, Été");
  }
});

test("a charset that nobody knows, or that is a trap, counts as not said", () => {
  for (const charset of ["klingon", "replacement", "utf-7", "x;y", '"', "%00"]) {
    expect(decodeText(bytes("Gödel"), `text/plain; charset=${charset}`)).toBe("Gödel");
  }
});

test("bytes that are no UTF-8 become replacement characters, and their neighbours stay", () => {
  expect(decodeText(new Uint8Array([0x61, 0xff, 0x62, 0xc3]), null)).toBe("a\ufffdb\ufffd");
});

test("NUL and control characters are gone, tab and line ends stay", () => {
  expect(decodeText(bytes("a\0b\tc\r\nd\u0007\u001b[31m\u007f\u0085e"), null)).toBe("ab\tc\r\nd[31me");
  expect(withoutControls(JSON.parse('"x\\u0000y\\ud800z"'))).toBe("xy\ufffdz");
});

const charset = fc.oneof(
  fc.constantFrom("utf-8", "iso-8859-1", "utf-16le", "utf-16be", "gb18030", "shift_jis", "koi8-r", "big5", "euc-kr"),
  fc.constantFrom("iso-2022-jp", "x-user-defined", "replacement", "utf-32", "none", ""),
  fc.string({ unit: "binary" }),
);

test("any bytes under any declared charset give text that UTF-8 and Postgres can hold", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), charset, fc.boolean(), (body, name, declared) => {
      const prolog = declared ? bytes(`<?xml version="1.0" encoding="${name}"?>`) : new Uint8Array();
      const text = decodeText(Buffer.concat([prolog, body]), declared ? null : `text/xml; charset=${name}`);
      expect(text).not.toMatch(/[^\P{Cc}\t\n\r]/u);
      expect(text.isWellFormed()).toBe(true);
      expect(decodeText(bytes(text), "text/plain; charset=utf-8")).toBe(text.replace(/^\ufeff/, ""));
    }),
    { numRuns: 2000 },
  );
});
