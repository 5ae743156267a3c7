import { oneLine } from "#lib/papers/clean-text.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper, PaperId } from "#lib/papers/types.ts";
import { type OaiMetadata, readArxiv, readArxivRaw, readDublinCore } from "#lib/sources/arxiv/read-oai-record.ts";
import {
  elementsIn,
  isElement,
  readXml,
  textIn,
  textOf,
  valuesIn,
  type XmlElement,
} from "#lib/sources/arxiv/read-xml.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { parseTime } from "#lib/sources/source-date.ts";
import { type ParsedPapers, UnexpectedAnswer } from "#lib/sources/types.ts";

/** Where the list goes on. The old server says how long it is, the new one when the token ends. */
type Resumption = { token: string; total: number | null; expiresAt: Temporal.Instant | null };

/** A page of records, or arXiv's refusal: `noRecordsMatch` is the answer for a day without changes. */
export type OaiAnswer =
  | ({
      status: "records";
      deleted: PaperId[];
      /** Null on the last page. */
      resumption: Resumption | null;
      responseDate: Temporal.Instant | null;
    } & ParsedPapers)
  | { status: "refused"; code: string; message: string };

/** An answer of arXiv's OAI-PMH server, old or new, in `arXiv`, `arXivRaw` or `oai_dc`; or one bare record. */
export function parseOai(text: string): OaiAnswer {
  const { root } = readXml(text, {
    roots: { "OAI-PMH": null, record: null },
    lists: [
      "record",
      "author",
      "affiliation",
      "version",
      "error",
      "dc:creator",
      "dc:description",
      "dc:date",
      "dc:identifier",
      "dc:subject",
    ],
  });
  const [error] = valuesIn(root, "error");
  if (error !== undefined) {
    const code = isElement(error) ? textOf(error["@code"]) : "";
    return { status: "refused", code: code || "unknown", message: oneLine(textOf(error)) };
  }
  const isBare = elementsIn(root, "header").length > 0;
  if (!isBare) refuseOther(root);
  const list = [...elementsIn(root, "ListRecords"), ...elementsIn(root, "GetRecord")];
  // A bare record is read as a list of one; in `lists` the root itself is no array.
  const records = isBare ? [root] : list.flatMap((part) => elementsIn(part, "record"));
  return {
    status: "records",
    ...readRecords(records),
    resumption: readResumption(list[0]),
    responseDate: parseTime(textIn(root, "responseDate")),
  };
}

/** An answer to another question (Identify, ListSets) is no empty list, and neither is a page of another format. */
function refuseOther(root: XmlElement): void {
  if (root["@xmlns"] !== "http://www.openarchives.org/OAI/2.0/") {
    throw new UnexpectedAnswer("arXiv answered with an OAI page of another format.");
  }
  if (!("ListRecords" in root) && !("GetRecord" in root)) {
    throw new UnexpectedAnswer("arXiv answered with an OAI page that is no list of records.");
  }
}

function readRecords(records: XmlElement[]): ParsedPapers & { deleted: PaperId[] } {
  const read: ParsedPapers & { deleted: PaperId[] } = { papers: [], rejected: [], deleted: [] };
  for (const [index, record] of records.entries()) {
    const [header] = elementsIn(record, "header");
    const identifier = header ? textIn(header, "identifier") : "";
    const id = parsePaperId(identifier)?.id;
    const paper = id
      ? toFoundPaper(record, id)
      : `identifier: ${oneLine(identifier).slice(0, 80) || "nothing"} is no arXiv id`;
    if (id && header?.["@status"] === "deleted") read.deleted.push(id);
    else if (typeof paper === "string") read.rejected.push({ where: `record ${index + 1}`, reason: paper });
    else read.papers.push(paper);
  }
  return read;
}

function toFoundPaper(record: XmlElement, id: PaperId): FoundPaper | string {
  const metadata = readMetadata(record);
  if (!metadata) return "its metadata is in none of the formats arXiv, arXivRaw and oai_dc";
  if (!metadata.title) return "it has no title";
  return foundPaper({ ...metadata, id, source: "arxiv" });
}

function readMetadata(record: XmlElement): OaiMetadata | null {
  const [metadata] = elementsIn(record, "metadata");
  const [arxiv] = metadata ? elementsIn(metadata, "arXiv") : [];
  const [raw] = metadata ? elementsIn(metadata, "arXivRaw") : [];
  const [dublinCore] = metadata ? elementsIn(metadata, "oai_dc:dc") : [];
  if (arxiv) return readArxiv(arxiv);
  if (raw) return readArxivRaw(raw);
  return dublinCore ? readDublinCore(dublinCore) : null;
}

function readResumption(list: XmlElement | undefined): Resumption | null {
  const value = list?.resumptionToken;
  const token = textOf(value).trim();
  if (!token) return null;
  const attributes = isElement(value) ? value : {};
  const size = textOf(attributes["@completeListSize"]);
  return {
    token,
    total: /^\d+$/.test(size) ? Number(size) : null,
    expiresAt: parseTime(textOf(attributes["@expires"] ?? attributes["@expirationDate"])),
  };
}
