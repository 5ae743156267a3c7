import { readFileSync } from "node:fs";
import { drawn, halfOf, type JudgedQuery, type JudgedSet, shuffled } from "./judged-set.ts";
import { misspell, respell } from "./misspell.ts";
import type { RecordedPaper } from "./recorded-papers.ts";

/** Queries of each kind that is derived. Of the paraphrases all are taken. */
const counts = {
  sentence: 80,
  passage: 40,
  summary: 80,
  title: 60,
  typo: 60,
  variant: 60,
  author: 60,
  keyword: 100,
  topic: 60,
  related: 80,
};

/**
 * The judged set over the recorded papers, by rule; docs/search-quality.md says each. Nothing is drawn but by hashes of ids, so
 * the same papers give the same set.
 */
export function deriveJudgedSet(papers: readonly RecordedPaper[]): JudgedSet {
  const withheld = new Map<string, string>();
  const queries = [
    ...passages(papers, withheld, "sentence"),
    ...passages(papers, withheld, "passage"),
    ...paraphrases(papers),
    ...summaries(papers),
    ...titles(papers),
    ...authors(papers),
    ...keywords(papers),
    ...topics(papers),
    ...related(papers),
  ];
  const documents = papers.map(({ id, title, abstract, authors: names, year }) => {
    const passage = withheld.get(id);
    return { id, title, text: passage ? abstract.replace(passage, "") : abstract, authors: names, year };
  });
  return { documents, queries };
}

type Known = { kind: string; paper: RecordedPaper; text: string };

/** One paper is right. */
function knownItem({ kind, paper, text }: Known): JudgedQuery {
  const grades = new Map([[paper.id, 1]]);
  return { id: `${kind} ${paper.id}`, kind, half: halfOf(paper.id), text, grades, judged: null };
}

/** A sentence of 8 to 40 words from the middle of an abstract, or two neighbours of at least 40: they are taken out of what is indexed. */
function passages(papers: readonly RecordedPaper[], withheld: Map<string, string>, kind: "sentence" | "passage") {
  const length = kind === "sentence" ? 1 : 2;
  const [fewest, most] = kind === "sentence" ? [8, 40] : [40, 100];
  const chosen: JudgedQuery[] = [];
  for (const paper of shuffled(papers, kind, ({ id }) => id)) {
    if (chosen.length === counts[kind]) break;
    const sentences = paper.abstract.split(/(?<=[.?!])\s+(?=[A-Z])/);
    const first = 1 + Math.floor(drawn(`${kind} place ${paper.id}`) * (sentences.length - length - 1));
    const text = sentences.slice(first, first + length).join(" ");
    const words = text.split(" ").length;
    if (sentences.length < 5 || words < fewest || words > most || withheld.has(paper.id)) continue;
    if (!paper.abstract.includes(text)) continue;
    withheld.set(paper.id, text);
    chosen.push(knownItem({ kind, paper, text }));
  }
  return chosen;
}

/** Questions in our own words: `paraphrases.tsv` has the papers' ids and what one could ask to find them. */
function paraphrases(papers: readonly RecordedPaper[]): JudgedQuery[] {
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const lines = readFileSync(new URL("paraphrases.tsv", import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean);
  return lines.flatMap((line) => {
    const [id = "", text = ""] = line.split("\t");
    const paper = byId.get(id);
    return paper ? [knownItem({ kind: "paraphrase", paper, text })] : [];
  });
}

/** What a machine at Hugging Face wrote of the abstract. */
function summaries(papers: readonly RecordedPaper[]): JudgedQuery[] {
  return shuffled(
    papers.filter(({ summary }) => summary.split(" ").length >= 10),
    "summary",
    ({ id }) => id,
  )
    .slice(0, counts.summary)
    .map((paper) => knownItem({ kind: "summary", paper, text: paper.summary }));
}

/** Of titles of six words or more one half of the words: as they are; with one misspelt; with hyphens and endings otherwise. */
function titles(papers: readonly RecordedPaper[]): JudgedQuery[] {
  const long = papers.filter(({ title }) => title.split(" ").length >= 6 && !title.includes("$"));
  const take = (kind: "title" | "typo" | "variant", change: (title: string, seed: string) => string | null) =>
    shuffled(long, kind, ({ id }) => id)
      .values()
      .flatMap((paper): Known[] => {
        const text = change(paper.title, `${kind} ${paper.id}`);
        return text === null ? [] : [{ kind, paper, text }];
      })
      .take(counts[kind])
      .map(knownItem)
      .toArray();
  return [
    ...take("title", dropWords),
    ...take("typo", (title, seed) => misspell(dropWords(title, seed), seed)),
    ...take("variant", (title, seed) => respell(dropWords(title, seed), seed)),
  ];
}

function dropWords(title: string, seed: string): string {
  const words = title.split(" ").map((word, place) => ({ word, place }));
  const kept = shuffled(words, seed, ({ place }) => String(place)).slice(0, Math.ceil(words.length / 2));
  return kept
    .sort((a, b) => a.place - b.place)
    .map(({ word }) => word)
    .join(" ");
}

/** The first author's name and the year: all papers of that author and year are right. */
function authors(papers: readonly RecordedPaper[]): JudgedQuery[] {
  const written = papers.filter(({ authors: [first] }) => first && /^[\p{L}.' -]+ [\p{L}' -]{3,}$/u.test(first));
  return shuffled(written, "author", ({ id }) => id)
    .slice(0, counts.author)
    .map((paper) => {
      const [name = ""] = paper.authors;
      const theirs = papers.filter((one) => one.year === paper.year && one.authors.includes(name));
      const grades = new Map(theirs.map(({ id }) => [id, 1]));
      return { ...knownItem({ kind: "author", paper, text: `${name} ${paper.year}` }), grades };
    });
}

/** A keyword that Hugging Face gave to 3 to 60 papers; among a paper's first three it weighs twice. Papers without keywords are not judged. */
function keywords(papers: readonly RecordedPaper[]): JudgedQuery[] {
  const labelled = papers.filter((paper) => paper.keywords.length > 0);
  const judged = new Set(labelled.map(({ id }) => id));
  const having = papersByKeyword(labelled);
  const usable = [...having].filter(
    ([keyword, { length }]) => /\p{L}{3}/u.test(keyword) && length >= 3 && length <= 60,
  );
  return shuffled(usable, "keyword", ([keyword]) => keyword)
    .slice(0, counts.keyword)
    .map(([keyword, carrying]) => ({
      id: `keyword ${keyword}`,
      kind: "keyword",
      half: halfOf(keyword),
      text: keyword,
      grades: new Map(carrying.map((paper) => [paper.id, paper.keywords.indexOf(keyword) < 3 ? 2 : 1])),
      judged,
    }));
}

/** Three keywords of one paper, each of five papers or more: who has all three weighs 2, who has two of them 1. */
function topics(papers: readonly RecordedPaper[]): JudgedQuery[] {
  const labelled = papers.filter((paper) => paper.keywords.length > 0);
  const judged = new Set(labelled.map(({ id }) => id));
  const having = papersByKeyword(labelled);
  return shuffled(labelled, "topic", ({ id }) => id)
    .values()
    .map((paper) => {
      const common = paper.keywords.filter((keyword) => (having.get(keyword)?.length ?? 0) >= 5);
      const three = shuffled(common, `topic ${paper.id}`, String).slice(0, 3);
      const grades = shared(three, having, 2);
      return { id: `topic ${paper.id}`, kind: "topic", half: halfOf(paper.id), text: three.join(" "), grades, judged };
    })
    .filter(({ grades }) => grades.size >= 3)
    .take(counts.topic)
    .toArray();
}

/** A paper's summary as a long question after others like it: who shares two of its rarer keywords weighs 1, three 2, and so on. */
function related(papers: readonly RecordedPaper[]): JudgedQuery[] {
  const labelled = papers.filter((paper) => paper.keywords.length > 0);
  const having = papersByKeyword(labelled);
  return shuffled(
    labelled.filter(({ summary }) => summary),
    "related",
    ({ id }) => id,
  )
    .values()
    .map((paper) => {
      const rarer = paper.keywords.filter((keyword) => (having.get(keyword)?.length ?? 0) <= 200);
      const grades = shared(rarer, having, 2);
      grades.delete(paper.id);
      const judged = new Set(labelled.map(({ id }) => id).filter((id) => id !== paper.id));
      return {
        id: `related ${paper.id}`,
        kind: "related",
        half: halfOf(paper.id),
        text: paper.summary,
        grades,
        judged,
      };
    })
    .filter(({ grades }) => grades.size >= 3)
    .take(counts.related)
    .toArray();
}

/** Papers that have at least `least` of the keywords; one more than `least` weighs one more. */
function shared(
  words: readonly string[],
  having: ReadonlyMap<string, readonly RecordedPaper[]>,
  least: number,
): Map<string, number> {
  const times = new Map<string, number>();
  for (const { id } of words.flatMap((word) => having.get(word) ?? [])) times.set(id, (times.get(id) ?? 0) + 1);
  return new Map([...times].filter(([, number]) => number >= least).map(([id, number]) => [id, number - least + 1]));
}

function papersByKeyword(papers: readonly RecordedPaper[]): Map<string, RecordedPaper[]> {
  const having = new Map<string, RecordedPaper[]>();
  for (const paper of papers) {
    for (const keyword of paper.keywords) {
      const theirs = having.get(keyword);
      if (theirs) theirs.push(paper);
      else having.set(keyword, [paper]);
    }
  }
  return having;
}
