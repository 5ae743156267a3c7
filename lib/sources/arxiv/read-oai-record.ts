import { oneLine, paragraphs, webLink } from "#lib/papers/clean-text.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { announcementDate } from "#lib/sources/arxiv/announcement-date.ts";
import { readClasses } from "#lib/sources/arxiv/read-classes.ts";
import { elementsIn, textIn, textOf, valuesIn, type XmlElement } from "#lib/sources/arxiv/read-xml.ts";
import { isName, splitAuthors } from "#lib/sources/arxiv/split-authors.ts";
import { versionDates } from "#lib/sources/arxiv/version-dates.ts";
import { parseTime } from "#lib/sources/source-date.ts";

export type OaiMetadata = Partial<FoundPaper> & { title: string };

/** `arXiv`: authors one by one, dates without a time, no version. */
export function readArxiv(record: XmlElement): OaiMetadata {
  const authors = elementsIn(record, "authors").flatMap((list) => elementsIn(list, "author"));
  return {
    ...readCommon(record),
    authors: authors.map(nameOf).filter(isName),
    submittedAt: parseTime(textIn(record, "created")),
    revisedAt: parseTime(textIn(record, "updated") || textIn(record, "created")),
  };
}

/** `arXivRaw`: every version with its time, authors in one string. */
export function readArxivRaw(record: XmlElement): OaiMetadata {
  const versions = elementsIn(record, "version").map((version) => ({
    number: Number(textOf(version["@version"]).replace(/^v/, "")) || null,
    at: parseTime(textIn(version, "date")),
  }));
  const submittedAt = versions[0]?.at ?? null;
  return {
    ...readCommon(record),
    version: versions.at(-1)?.number ?? null,
    authors: splitAuthors(textIn(record, "authors")),
    submittedAt,
    revisedAt: versions.at(-1)?.at ?? null,
    versionDates: versionDates(versions.map(({ number, at }) => ({ version: number, at }))),
    announcedOn: submittedAt && announcementDate(submittedAt),
  };
}

/** `oai_dc`: subjects by their names, the comment as a second description, with or without "Comment: " before it. */
export function readDublinCore(record: XmlElement): OaiMetadata {
  const [abstract, comment] = valuesIn(record, "dc:description").map(textOf);
  const dates = valuesIn(record, "dc:date").map((date) => parseTime(textOf(date)));
  const subjects = valuesIn(record, "dc:subject").map((subject) => oneLine(textOf(subject)));
  const identifiers = valuesIn(record, "dc:identifier").map((identifier) => oneLine(textOf(identifier)));
  return {
    title: oneLine(textIn(record, "dc:title")),
    abstract: paragraphs(abstract ?? ""),
    authors: valuesIn(record, "dc:creator")
      .map((creator) => givenNameFirst(textOf(creator)))
      .filter(isName),
    comment: oneLine(comment ?? "").replace(/^Comment:\s*/, "") || null,
    doi: identifiers.find((text) => text.startsWith("doi:"))?.slice(4) || null,
    submittedAt: dates[0] ?? null,
    revisedAt: dates.at(-1) ?? null,
    fields: subjects.length > 0 ? { subjects } : {},
  };
}

function readCommon(record: XmlElement): OaiMetadata {
  const terms = textIn(record, "categories").split(/\s+/);
  const codes = ["msc-class", "acm-class", "report-no"].flatMap((name) => oneLine(textIn(record, name)) || []);
  return {
    title: oneLine(textIn(record, "title")),
    abstract: paragraphs(textIn(record, "abstract")),
    categories: readClasses(terms).categories,
    comment: oneLine(textIn(record, "comments")) || null,
    journalRef: oneLine(textIn(record, "journal-ref")) || null,
    // The field may hold two, parted by a blank: the first is the article, the second its erratum.
    doi: oneLine(textIn(record, "doi")).split(/[\s,;]+/)[0] || null,
    licenseUrl: webLink(textIn(record, "license")),
    fields: codes.length > 0 ? { otherClasses: codes } : {},
  };
}

function nameOf(author: XmlElement): string {
  return ["forenames", "keyname", "suffix"]
    .map((part) => oneLine(textIn(author, part)))
    .filter(Boolean)
    .join(" ");
}

/** "Ralowski, Robert" → "Robert Ralowski"; "Smith, John, Jr." → "John Smith Jr." */
function givenNameFirst(name: string): string {
  const [family = "", given = "", ...suffix] = oneLine(name).split(/,\s*/);
  return [given, family, ...suffix].filter(Boolean).join(" ");
}
