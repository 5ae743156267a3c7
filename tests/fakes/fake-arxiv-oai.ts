import type { Answer, ArxivPaper, World } from "#tests/fakes/world.ts";
import { element, escapeXml } from "#tests/fakes/xml.ts";

export type OaiState = {
  now: Temporal.Instant;
  /** Records a page; arXiv's own server gives 2,000. */
  pageSize: number;
  /** Ids without version whose records are deleted. */
  deleted: ReadonlySet<string>;
  /** Part of every token: one that was given before it changed is no longer known. */
  tokenKey: string;
};

type Question = { prefix: string; set: string; from: string; until: string; skip: number };

const prefixes = ["arXiv", "arXivRaw", "oai_dc"];
const day = /^\d{4}-\d{2}-\d{2}$/;

/** `/oai` as oaipmh.arxiv.org answers it since March 2025, for ListRecords and Identify; null for other paths. */
export function answerArxivOai({ pathname, searchParams }: URL, world: World, state: OaiState): Answer | null {
  if (pathname !== "/oai") return null;
  const verb = searchParams.get("verb");
  if (verb === "Identify") return page(state.now, "Identify", `<Identify>\n${identity}</Identify>\n`);
  if (verb !== "ListRecords") return refusal(state.now, "badVerb", "Illegal OAI verb");
  const token = searchParams.get("resumptionToken");
  if (token !== null && searchParams.size > 2) {
    return refusal(state.now, "badArgument", "resumptionToken is an exclusive argument");
  }
  const question = token === null ? readQuestion(searchParams) : readToken(token, state);
  if (typeof question === "string") return refusal(state.now, ...(question.split(": ", 2) as [string, string]));
  return listRecords(question, world, state);
}

const identity = `    <repositoryName>arXiv</repositoryName>
    <protocolVersion>2.0</protocolVersion>
    <deletedRecord>persistent</deletedRecord>
    <granularity>YYYY-MM-DD</granularity>
`;

/** The question, or why there is none: code and sentence. */
function readQuestion(query: URLSearchParams): Question | string {
  const [prefix = "", set = "", from = "", until = ""] = ["metadataPrefix", "set", "from", "until"].map(
    (name) => query.get(name) ?? "",
  );
  if (!prefix) return "badArgument: metadataPrefix is required";
  if (!prefixes.includes(prefix)) return "cannotDisseminateFormat: no such metadata format";
  if ((from && !day.test(from)) || (until && !day.test(until))) return "badArgument: date must be YYYY-MM-DD";
  return { prefix, set, from, until, skip: 0 };
}

function readToken(token: string, { tokenKey }: OaiState): Question | string {
  const query = new URLSearchParams(decodeURIComponent(token));
  const skip = query.get("skip") ?? "";
  if (query.get("key") !== tokenKey || !/^\d+$/.test(skip))
    return "badResumptionToken: the token is illegal or expired";
  const question = readQuestion(query);
  return typeof question === "string" ? question : { ...question, skip: Number(skip) };
}

function listRecords(question: Question, world: World, state: OaiState): Answer {
  const records = world
    .listArxivPapers()
    .filter((paper) => isAsked(paper, question))
    .toSorted((a, b) => (datestamp(a) + a.id < datestamp(b) + b.id ? -1 : 1));
  if (records.length === 0) return refusal(state.now, "noRecordsMatch", "No records match the request");
  const end = question.skip + state.pageSize;
  const shown = records.slice(question.skip, end).map((paper) => recordOf(paper, question.prefix, state));
  const token = end < records.length ? tokenFor({ ...question, skip: end }, state) : "";
  return page(state.now, "ListRecords", `<ListRecords>\n${shown.join("")}${token}</ListRecords>\n`);
}

function isAsked(paper: ArxivPaper, { set, from, until }: Question): boolean {
  const changed = datestamp(paper);
  const isInSet = set === "" || setsOf(paper).some((name) => name === set || name.startsWith(`${set}:`));
  return isInSet && (!from || changed >= from) && (!until || changed <= until);
}

/** A record changes on the listing after its last version. */
function datestamp({ revisedAt, listings }: ArxivPaper): string {
  const days = listings.map((listing) => listing.day.toString()).toSorted();
  return days.at(-1) ?? revisedAt.toString().slice(0, 10);
}

function setsOf({ categories }: ArxivPaper): string[] {
  return categories.map((category) => {
    const [archive = category, subject] = category.split(".");
    const group = ["cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"].includes(archive) ? archive : "physics";
    return subject ? `${group}:${archive}:${subject}` : `${group}:${archive}`;
  });
}

function tokenFor({ prefix, set, from, until, skip }: Question, { now, tokenKey }: OaiState): string {
  const query = new URLSearchParams({ metadataPrefix: prefix, set, from, until, skip: String(skip), key: tokenKey });
  const expires = now.toZonedDateTimeISO("UTC").add({ days: 1 }).startOfDay().toInstant();
  return `        <resumptionToken expires="${expires}">${escapeXml(encodeURIComponent(query.toString()))}</resumptionToken>\n`;
}

function recordOf(paper: ArxivPaper, prefix: string, { deleted }: OaiState): string {
  const isDeleted = deleted.has(paper.id);
  const sets = setsOf(paper).map((set) => element("setSpec", set, "            "));
  const header = `        <header${isDeleted ? ' status="deleted"' : ""}>
${element("identifier", `oai:arXiv.org:${paper.id}`, "            ")}${element("datestamp", datestamp(paper), "            ")}${sets.join("")}        </header>
`;
  const metadata = isDeleted ? "" : `\n        <metadata>\n${metadataOf(paper, prefix)}        </metadata>\n`;
  return `    <record>\n${header}${metadata}    </record>\n`;
}

function metadataOf(paper: ArxivPaper, prefix: string): string {
  if (prefix === "oai_dc") {
    return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
${element("dc:title", paper.title)}${paper.authors.map((name) => element("dc:creator", name)).join("")}${element("dc:description", paper.abstract)}</oai_dc:dc>
`;
  }
  const rest = `${element("title", paper.title)}${element("categories", paper.categories.join(" "))}${element("comments", paper.comment)}${element("journal-ref", paper.journalRef)}${element("doi", paper.doi)}${element("license", paper.licenseUrl)}${element("abstract", `  ${paper.abstract}\n`)}`;
  if (prefix === "arXiv") {
    const authors = paper.authors.map((name) => `<author>${element("keyname", name)}</author>`).join("");
    const [created, updated] = [paper.submittedAt, paper.revisedAt].map((time) => time.toString().slice(0, 10));
    return `<arXiv xmlns="http://arxiv.org/OAI/arXiv/">
${element("id", paper.id)}${element("created", created ?? "")}${element("updated", updated ?? "")}<authors>${authors}</authors>
${rest}</arXiv>
`;
  }
  const versions = Array.from({ length: paper.version }, (_, index) => {
    const at = index === 0 ? paper.submittedAt : paper.revisedAt;
    return `    <version version="v${index + 1}"><date>${rfc822(at)}</date><size>12kb</size></version>\n`;
  });
  return `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
${element("id", paper.id)}${element("submitter", paper.authors[0] ?? "")}${versions.join("")}${element("authors", paper.authors.join(", "))}${rest}</arXivRaw>
`;
}

function rfc822(time: Temporal.Instant): string {
  return new Date(time.epochMilliseconds).toUTCString();
}

function refusal(now: Temporal.Instant, code: string, message: string): Answer {
  return page(now, "ListRecords", `<error code="${code}">${escapeXml(message)}</error>\n`);
}

/** Errors too come with status 200. Blank lines stand where theirs do. */
function page(now: Temporal.Instant, verb: string, inner: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
    <responseDate>${now.toString({ smallestUnit: "second" })}</responseDate>
                <request verb="${verb}">http://oaipmh.arxiv.org/oai</request>


    ${inner}</OAI-PMH>
`;
  return { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body };
}
