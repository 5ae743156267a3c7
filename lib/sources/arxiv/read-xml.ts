import { XMLParser, XMLValidator } from "fast-xml-parser";
import { UnexpectedAnswer } from "#lib/sources/types.ts";

/** An element: children by name, attributes by `@name`, its own text as `#text`. */
export type XmlElement = { [name: string]: unknown };

export const ATOM_NAMESPACE = "http://www.w3.org/2005/Atom";

type Expected = {
  /** Names that the root element may have, each with the namespace that it must declare as its default; null: any. */
  roots: Readonly<Record<string, string | null>>;
  /** Elements that are lists even if there is only one. */
  lists: readonly string[];
};

/**
 * A complete XML document of the kind that was asked for, its values still strings: an id such as 2411.00010 is no number.
 * `name` is the root's. Throws `UnexpectedAnswer` for anything else: HTML, a feed that was cut off, another format, a document type.
 */
export function readXml(text: string, { roots, lists }: Expected): { name: string; root: XmlElement } {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") throw new UnexpectedAnswer("arXiv answered with nothing.");
  // A document type can define entities that expand without end: no source of ours has one.
  if (/<!DOCTYPE/i.test(trimmed))
    throw new UnexpectedAnswer("arXiv answered with a web page or a document type, not a feed.");
  const document = parse(trimmed);
  const names = Object.keys(document).filter((name) => !name.startsWith("?"));
  const [name = ""] = names;
  const [root, second] = valuesIn(document, name);
  if (names.length !== 1 || second !== undefined || !Object.hasOwn(roots, name) || !isElement(root)) {
    throw new UnexpectedAnswer(`arXiv answered with <${name.slice(0, 40)}>, which is not what we asked for.`);
  }
  const namespace = roots[name];
  if (namespace && root["@xmlns"] !== namespace) {
    throw new UnexpectedAnswer(`arXiv answered with a <${name}> of another format.`);
  }
  return { name, root };

  function parse(xml: string): XmlElement {
    // The parser reads a document that was cut off without complaint: the validator does not.
    const valid = XMLValidator.validate(xml);
    if (valid !== true) {
      const words = valid.err.msg.replace(/\s+/g, " ").replace(/\.$/, "");
      throw new UnexpectedAnswer(`arXiv's answer is incomplete or no XML (${words}).`);
    }
    try {
      return parserFor(lists).parse(xml);
    } catch (error) {
      throw new UnexpectedAnswer(
        `arXiv's answer could not be read (${error instanceof Error ? error.message : error})`,
      );
    }
  }
}

/** The text of a child, or of the first of several; empty when there is none. */
export function textIn(element: XmlElement, name: string): string {
  const value = element[name];
  return textOf(Array.isArray(value) ? value[0] : value);
}

/** The text of an element or attribute value. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return isElement(value) && typeof value["#text"] === "string" ? value["#text"] : "";
}

/** The value of an attribute; empty when there is none. */
export function attributeOf(value: unknown, name: string): string {
  return isElement(value) ? textOf(value[`@${name}`]) : "";
}

/** The children of that name which are elements with children or attributes. */
export function elementsIn(element: XmlElement, name: string): XmlElement[] {
  return valuesIn(element, name).filter(isElement);
}

/** All children of that name, whatever they are. */
export function valuesIn(element: XmlElement, name: string): unknown[] {
  const value = element[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function isElement(value: unknown): value is XmlElement {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parserFor(lists: readonly string[]): XMLParser {
  const named = new Set(lists);
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseTagValue: false,
    parseAttributeValue: false,
    htmlEntities: true,
    isArray: (name) => named.has(name),
    maxNestedTags: 40,
    processEntities: { enabled: true, maxTotalExpansions: 500_000, maxExpandedLength: 16_000_000 },
  });
}
