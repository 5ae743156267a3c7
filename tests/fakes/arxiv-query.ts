import type { ArxivPaper } from "#tests/fakes/world.ts";

type Matcher = (paper: ArxivPaper) => boolean;

/** What arXiv's API would call a malformed `search_query`. */
export class MalformedQuery extends Error {}

/** The papers that a `search_query` means: fields, quotes, parentheses, AND, OR, ANDNOT and submittedDate ranges. */
export function parseArxivQuery(query: string): Matcher {
  const tokens = query.match(/[()]|[a-zA-Z]+:\[[^\]]*\]|(?:[a-zA-Z]+:)?"[^"]*"|[^\s()"]+/g) ?? [];
  const matches = parseAny(tokens);
  if (tokens.length > 0) throw new MalformedQuery(`unexpected ${tokens[0]}`);
  return matches;
}

function parseAny(tokens: string[]): Matcher {
  const options = [parseAll(tokens)];
  while (tokens[0] !== undefined && tokens[0] !== ")") {
    // Words side by side are alternatives.
    if (tokens[0] === "OR") tokens.shift();
    options.push(parseAll(tokens));
  }
  return (paper) => options.some((option) => option(paper));
}

function parseAll(tokens: string[]): Matcher {
  let matches = parseTerm(tokens);
  while (tokens[0] === "AND" || tokens[0] === "ANDNOT") {
    const left = matches;
    const wanted = tokens.shift() === "AND";
    const right = parseTerm(tokens);
    matches = (paper) => left(paper) && right(paper) === wanted;
  }
  return matches;
}

function parseTerm(tokens: string[]): Matcher {
  const token = tokens.shift();
  if (token === undefined || token === ")" || token === "AND" || token === "OR" || token === "ANDNOT") {
    throw new MalformedQuery(`a term was expected before ${token ?? "the end"}`);
  }
  if (token === "(") {
    const inner = parseAny(tokens);
    if (tokens.shift() !== ")") throw new MalformedQuery("a parenthesis is not closed");
    return inner;
  }
  const [, field = "all", value = ""] = /^(?:([a-zA-Z]+):)?(.*)$/.exec(token) ?? [];
  return matcherFor(field, value);
}

const textOf: Record<string, (paper: ArxivPaper) => string> = {
  ti: (paper) => paper.title,
  abs: (paper) => paper.abstract,
  au: (paper) => paper.authors.join("\n"),
  co: (paper) => paper.comment ?? "",
  jr: (paper) => paper.journalRef ?? "",
  id: (paper) => paper.id,
  all: (paper) => [paper.title, paper.abstract, paper.comment, ...paper.authors, ...paper.categories].join("\n"),
};

function matcherFor(field: string, value: string): Matcher {
  if (field === "submittedDate" || field === "lastUpdatedDate") return rangeMatcher(field, value);
  const words = value.replace(/"/g, "").toLowerCase();
  if (field === "cat") {
    return ({ categories }) => categories.some((category) => matchesCategory(category.toLowerCase(), words));
  }
  const text = textOf[field];
  if (!text) throw new MalformedQuery(`there is no field ${field}`);
  return (paper) => text(paper).toLowerCase().includes(words);
}

function matchesCategory(category: string, wanted: string): boolean {
  return wanted.endsWith("*") ? category.startsWith(wanted.slice(0, -1)) : category === wanted;
}

function rangeMatcher(field: "submittedDate" | "lastUpdatedDate", value: string): Matcher {
  const [, from, to] = /^\[(\d{8,14}|\*) TO (\d{8,14}|\*)\]$/.exec(value) ?? [];
  if (!from || !to) throw new MalformedQuery(`${field} needs [YYYYMMDDHHMM TO YYYYMMDDHHMM]`);
  const [first, last] = [from === "*" ? "" : from, to === "*" ? "9" : to.padEnd(14, to.length > 8 ? "0" : "9")];
  return (paper) => {
    const instant = field === "submittedDate" ? paper.submittedAt : paper.revisedAt;
    const stamp = instant.toString({ smallestUnit: "second" }).replace(/\D/g, "");
    return stamp >= first && stamp <= last;
  };
}
