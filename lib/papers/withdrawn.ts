const subject =
  "(this|the|our) (paper|article|submission|manuscript|work|preprint|version|note|letter|document|report|arxiv (paper|submission|entry))";

// Withdrawn is said of the paper itself, at the beginning of what is written, or by naming who did it.
const inAbstract = [
  new RegExp(`^\\W*${subject} (has been|was|is|have been)( now| temporarily| being)? (withdrawn|retracted)\\b`, "i"),
  /^\W*(withdrawn|retracted)\b[^.]{0,80}(\.|$)/i,
  new RegExp(
    `${subject} (has been|was|is)( now| temporarily)? (withdrawn|retracted) (by|from arxiv|due to|because)`,
    "i",
  ),
  /\bwithdrawn (by (the )?(authors?|submitter)|by arxiv|from arxiv)\b/i,
  /\bwould like to withdraw this (paper|article|submission|manuscript)\b/i,
];
const inComment = [
  /^\W*(withdrawn|retracted)\b/i,
  new RegExp(`${subject}( has been| was| is)?( now| temporarily)? (withdrawn|retracted)\\b`, "i"),
  /\b(withdrawn|retracted) (by (the )?(authors?|submitter|arxiv)|from arxiv|due to|because)\b/i,
  /\b(has been|is) withdrawn\b/i,
  /\bwould like to withdraw this\b/i,
];

/** True when the abstract or the comment of a version says that the paper was withdrawn: arXiv has no field for it. */
export function isWithdrawn({ abstract, comment }: { abstract: string; comment: string | null }): boolean {
  return (
    inAbstract.some((pattern) => pattern.test(abstract)) || inComment.some((pattern) => pattern.test(comment ?? ""))
  );
}
