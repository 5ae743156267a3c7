import { parsePaperId } from "#lib/papers/paper-id.ts";
import { MalformedQuery, parseArxivQuery } from "#tests/fakes/arxiv-query.ts";
import { type Answer, type ArxivPaper, digest, type World } from "#tests/fakes/world.ts";
import { element, escapeXml } from "#tests/fakes/xml.ts";

type Question = { query: string; idList: string; start: number; max: number; sortBy: string; sortOrder: string };

/** `/api/query` as export.arxiv.org answers it since the winter of 2025/26; null for other paths. */
export function answerArxivApi({ pathname, searchParams }: URL, world: World, now: Temporal.Instant): Answer | null {
  if (pathname !== "/api/query") return null;
  const question: Question = {
    query: searchParams.get("search_query") ?? "",
    idList: searchParams.get("id_list") ?? "",
    start: Number(searchParams.get("start") || 0),
    max: Number(searchParams.get("max_results") || 10),
    sortBy: searchParams.get("sortBy") || "relevance",
    sortOrder: searchParams.get("sortOrder") || "descending",
  };
  const mistake = findMistake(question);
  if (mistake) return errorFeed(mistake, question, now);
  try {
    const found = findPapers(question, world);
    const shown = found.slice(question.start, question.start + question.max);
    const entries = shown.map(entryOf);
    const headers = { ...atom, ...validatorsOf(shown, entries) };
    return { status: 200, headers, body: feed(question, now, { total: found.length, entries }) };
  } catch (error) {
    if (!(error instanceof MalformedQuery)) throw error;
    return errorFeed({ code: "malformed_query", text: error.message }, question, now);
  }
}

const atom = { "content-type": "application/atom+xml; charset=utf-8" };

/** The body names the time of the answer: a tag that means its papers is a weak one. */
function validatorsOf(papers: readonly ArxivPaper[], entries: readonly string[]): Record<string, string> {
  const newest = Math.max(0, ...papers.map(({ revisedAt }) => revisedAt.epochMilliseconds));
  const etag = `W/"${digest(entries.join(""), 20)}"`;
  return newest > 0 ? { etag, "last-modified": new Date(newest).toUTCString() } : { etag };
}

type Mistake = { code: string; text: string };

function findMistake({ idList, start, max, sortBy, sortOrder }: Question): Mistake | null {
  const bad = splitIds(idList).find((id) => !parsePaperId(id) && !/^\d{4}\.\d{4,5}(v\d+)?$/.test(id));
  if (bad) return { code: `incorrect_id_format_for_${bad}`, text: `incorrect id format for ${bad}` };
  if (!Number.isInteger(start) || start < 0) {
    return { code: "start_must_be_non-negative", text: "start must be non-negative" };
  }
  if (!Number.isInteger(max) || max < 0 || max > 2000 || start + max > 30_000) {
    return {
      code: "max_results_too_large",
      text: "max_results must be between 0 and 2000, start + max_results ≤ 30000",
    };
  }
  if (!["relevance", "lastUpdatedDate", "submittedDate"].includes(sortBy)) {
    return { code: "sortBy_must_be_valid", text: "sortBy must be in: relevance, lastUpdatedDate, submittedDate" };
  }
  if (!["ascending", "descending"].includes(sortOrder)) {
    return { code: "sortOrder_must_be_valid", text: "sortOrder must be in: ascending, descending" };
  }
  return null;
}

function splitIds(idList: string): string[] {
  return idList.split(",").flatMap((id) => id.trim() || []);
}

/** A known id, an unknown one and a version that does not exist: only the first gives a paper. */
function findPapers({ query, idList, sortBy, sortOrder }: Question, world: World): ArxivPaper[] {
  const matches = query.trim() ? parseArxivQuery(query) : () => idList !== "";
  const ids = splitIds(idList).map((id) => /^(.*?)(?:v(\d+))?$/.exec(id) ?? []);
  const papers = world.listArxivPapers().flatMap((paper) => {
    if (!matches(paper)) return [];
    if (ids.length === 0) return [paper];
    const [asked] = ids.filter(([, id]) => id === paper.id);
    const version = Number(asked?.[2] ?? paper.version);
    return asked && version <= paper.version ? [{ ...paper, version }] : [];
  });
  if (sortBy === "relevance") return papers;
  const timeOf = (paper: ArxivPaper) => (sortBy === "submittedDate" ? paper.submittedAt : paper.revisedAt);
  const sorted = papers.toSorted((a, b) => Temporal.Instant.compare(timeOf(a), timeOf(b)));
  return sortOrder === "ascending" ? sorted : sorted.toReversed();
}

type Contents = { total: number; entries: string[] };

function feed({ query, idList, start, max }: Question, now: Temporal.Instant, { total, entries }: Contents): string {
  const asked = `search_query=${query}&id_list=${idList}&start=${start}&max_results=${max}`;
  const address = `https://arxiv.org/api/query?search_query=${query.replaceAll(" ", "+")}&start=${start}&max_results=${max}&id_list=${idList}`;
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/${digest(asked, 27)}</id>
  <title>${escapeXml(`arXiv Query: ${asked}`)}</title>
  <updated>${timestamp(now)}</updated>
  <link href="${escapeXml(address)}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>${max}</opensearch:itemsPerPage>
  <opensearch:totalResults>${total}</opensearch:totalResults>
  <opensearch:startIndex>${start}</opensearch:startIndex>
${entries.join("")}</feed>
`;
}

function entryOf(paper: ArxivPaper): string {
  const path = `${paper.id}v${paper.version}`;
  const [primary = "cs.LG"] = paper.categories;
  return `  <entry>
    <id>http://arxiv.org/abs/${path}</id>
${element("title", paper.title)}    <updated>${timestamp(paper.version === 1 ? paper.submittedAt : paper.revisedAt)}</updated>
    <link href="https://arxiv.org/abs/${path}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${path}" rel="related" type="application/pdf" title="pdf"/>
${paper.doi ? `    <link href="https://doi.org/${escapeXml(paper.doi)}" rel="related" title="doi"/>\n` : ""}${element("summary", paper.abstract)}${paper.categories.map((term) => `    <category term="${escapeXml(term)}" scheme="http://arxiv.org/schemas/atom"/>\n`).join("")}    <published>${timestamp(paper.submittedAt)}</published>
${element("arxiv:comment", paper.comment)}    <arxiv:primary_category term="${escapeXml(primary)}"/>
${element("arxiv:journal_ref", paper.journalRef)}${element("arxiv:doi", paper.doi)}${paper.authors.map((name) => `    <author>\n      <name>${escapeXml(name)}</name>\n    </author>\n`).join("")}  </entry>
`;
}

/** HTTP 400 with a feed whose one entry is the error: a reader that ignores the status must not take it for a paper. */
function errorFeed({ code, text }: Mistake, question: Question, now: Temporal.Instant): Answer {
  const address = `https://arxiv.org/api/errors#${code.replaceAll(/\s/g, "_")}`;
  const entry = `  <entry>
    <id>${escapeXml(address)}</id>
    <title>Error</title>
    <updated>${timestamp(now)}</updated>
    <link href="${escapeXml(address)}" rel="alternate" type="text/html"/>
    <summary>${escapeXml(text)}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
`;
  const shown = { ...question, start: 0, max: 1 };
  return { status: 400, headers: atom, body: feed(shown, now, { total: 1, entries: [entry] }) };
}

function timestamp(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "second" });
}
