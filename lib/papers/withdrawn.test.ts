import { expect, test } from "vitest";
import { isWithdrawn } from "#lib/papers/withdrawn.ts";

test.each([
  "This paper has been withdrawn by the authors.",
  "  This article has been withdrawn because it has been merged with an earlier one.",
  "This paper has been withdrawn",
  "Withdrawn.",
  "Paper withdrawn due to an error in section 3.",
  "After helpful comments, we would like to withdraw this paper.",
  "This submission was retracted by the author due to a mistake.",
])("the abstract says so: %s", (abstract) => {
  expect(isWithdrawn({ abstract, comment: null })).toBe(true);
});

test.each([
  "This paper has been withdrawn",
  "withdrawn",
  "paper withdrawn by author",
  "12 pages; this paper has been withdrawn by the authors. A longer one follows",
  "This has been withdrawn by arXiv administrators due to an unresolvable authorship dispute",
  "After useful comments, we would like to withdraw this\n  paper",
])("the comment says so: %s", (comment) => {
  expect(isWithdrawn({ abstract: "We study ink.", comment })).toBe(true);
});

test.each([
  ["We ask when models retract an answer that they believe is wrong.", null],
  ["These laws let users withdraw their data; we study how models forget it.", "12 pages"],
  ["Posts about withdrawal are classified. The drug was withdrawn due to its effects.", null],
  ["A deformation retract of a space is studied.", "retracts and cofibrations, 9 pages"],
  ["We study ink.", "17 pages; paper withdrawn from a journal and sent to another"],
  ["We study ink.", "withdrawn from IEEE Transactions on Ink"],
  ["", null],
])("a paper about withdrawing is not withdrawn: %s %s", (abstract, comment) => {
  expect(isWithdrawn({ abstract, comment })).toBe(false);
});
