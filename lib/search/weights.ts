/**
 * What the order of a search is made of. All are read at each search, nothing of them is in the index; only that a title counts
 * twice is in the lists (engine/postings.ts). How they were chosen, and what each is worth: docs/search-quality.md.
 */
export const weights = {
  /** BM25: how soon another occurrence of a word adds nothing. The usual 1.2: from 0.9 to 1.5 nothing changes beyond chance. */
  k1: 1.2,
  /** BM25: how much a long paper's occurrences count less; 0 not at all, 1 in proportion. The usual 0.75, for the same reason. */
  b: 0.75,
  /**
   * How soon a word that the query repeats again adds nothing; 0: at once. Long questions repeat what they are about. 7 or 8 is
   * usual for them (Robertson and Walker 1999); short ones repeat nothing.
   */
  k3: 8,
  /** Papers, the best by BM25, that are read and scored again with all that is known of them. */
  candidates: 500,
  /** What two neighbours of the query count that are neighbours in the paper, beside what each counts alone: names of things. */
  pairs: 0.15,
  /**
   * What this adds to `pairs` in a query of two words; of three a quarter of it, of four a ninth: the shorter, the more likely
   * is the whole line the name of one thing.
   */
  pairsOfTwo: 1.5,
  /** What they count where they are near each other, in any order: a question seldom has the paper's own order. */
  near: 0.1,
  /** How many words apart is near: about a sentence. 8 as in Metzler and Croft 2005. */
  window: 8,
  /** How much of a score depends on the share of the query that the paper has. Little: long questions hold words of no subject. */
  share: 0.25,
  /** What a title that is the query adds, in units of all the query's words. */
  exactTitle: 1,
  /** What a word counts that is an author's name, in queries that no text answers whole. */
  authors: 0.5,
  /** What having all words of such a query adds, in units of all its words: more than any text can have. */
  namedFirst: 10,
  /** How much of a score is likeness to the best papers; see engine/feedback.ts. More helps subjects and harms single papers. */
  feedback: 0.1,
  /** The best papers that say what the subject is, and how many of their terms do. */
  feedbackPapers: 10,
  feedbackTerms: 25,
  /** How many papers are put in order again by it. */
  feedbackDepth: 100,
  /** Queries of fewer words are no question: what they name is what is wanted. */
  feedbackFrom: 3,
  /** Terms of a paper by which similar ones are found. */
  tellingTerms: 25,
};
