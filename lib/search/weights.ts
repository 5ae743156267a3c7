/**
 * What the order of a search is made of. Only `candidates` and what is below it may be changed without thought: they are read
 * at each search, nothing of them is in the index. That a title counts twice is in the lists (engine/postings.ts).
 */
export const weights = {
  /** BM25: how soon another occurrence of a word adds nothing. */
  k1: 1.2,
  /** BM25: how much a long paper's occurrences count less; 0 not at all, 1 in proportion. */
  b: 0.75,
  /** Papers, the best by BM25, that are read and scored again with all that is known of them. */
  candidates: 500,
  /** What two neighbours of the query count that are neighbours in the paper, beside what each counts alone. */
  pairs: 0.2,
  /** How much of a score depends on the share of the query that the paper has. */
  share: 0.5,
  /** What a title that is the query adds, in units of all the query's words. */
  exactTitle: 1,
  /** What a word counts that is an author's name, in queries that no text answers whole. */
  authors: 0.5,
  /** Terms of a paper by which similar ones are found. */
  tellingTerms: 25,
};
