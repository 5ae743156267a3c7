const thing = "(?:paper|article|submission|manuscript|work|preprint|version|draft|note|letter|document|report)";
const withdrawn = "(?:withdrawn|retracted)";
const said = `(?:this|the|our)(?: arxiv)?(?: ${thing})? (?:has been|was|is|have been)(?: now| temporarily)? ${withdrawn}`;
const byWhom = "(?:by (?:the )?(?:authors?|submitter|arxiv)|from arxiv|due to|because|as it|since|pending)";

// Said of the paper itself: at the beginning of what is written, or with the name of who did it, or why.
const inAbstract = [
  new RegExp(`^\\W*${said}\\b`, "i"),
  new RegExp(`^\\W*(?:${thing} )?${withdrawn}(?: ${byWhom}\\b|\\W*$)`, "i"),
  new RegExp(`\\b(?:this|our) ${thing} (?:has been|was|is)(?: now| temporarily)? ${withdrawn} ${byWhom}\\b`, "i"),
  new RegExp(`\\b(?:would like|wish|have decided|decided) to (?:withdraw|retract) (?:this|our|the) ${thing}\\b`, "i"),
];
const inComment = [
  ...inAbstract,
  new RegExp(`\\b${said}\\b`, "i"),
  new RegExp(`(?:^|\\b${thing}) ?\\W*${withdrawn}\\b`, "i"),
  new RegExp(`\\b${withdrawn} ${byWhom}\\b`, "i"),
  /\bto (?:withdraw|retract) this\b/i,
];
// Taken back from a journal, not from its readers.
const fromElsewhere = new RegExp(`${withdrawn} from (?!arxiv)`, "i");

/** True when the abstract or the comment of a version says that the paper was withdrawn: arXiv has no field for it. */
export function isWithdrawn({ abstract, comment }: { abstract: string; comment: string | null }): boolean {
  return says(abstract, inAbstract) || says(comment ?? "", inComment);
}

function says(text: string, patterns: readonly RegExp[]): boolean {
  // One cheap look first: nearly every abstract has none of these words.
  if (!/withdr|retract/i.test(text)) return false;
  const line = text.slice(0, 2000).replace(/\s+/g, " ").trim();
  return patterns.some((pattern) => pattern.test(line)) && !fromElsewhere.test(line);
}
