import { expect, test } from "vitest";
import { isWithdrawn } from "#lib/papers/withdrawn.ts";

test.each([
  ["This paper has been withdrawn by the authors.", null],
  ["This article was temporarily withdrawn due to an error in section 2.", null],
  ["Withdrawn.", null],
  ["We bound the size of slow readers.", "This submission has been withdrawn"],
  ["We bound the size of slow readers.", "12 pages. This paper has been withdrawn by the author due to an error"],
  ["We bound the size of slow readers.", "withdrawn, superseded"],
  ["We bound the size of slow readers.", "Withdrawn because of a gap in the proof"],
  ["After kind remarks, we would like to withdraw this paper.", null],
])("withdrawn: %s (%s)", (abstract, comment) => {
  expect(isWithdrawn({ abstract, comment })).toBe(true);
});

test.each([
  ["We study how much blood was withdrawn from patients.", null],
  ["The drug was withdrawn from the market; this paper asks why.", null],
  ["Participants who withdrew are excluded.", "Submitted; an earlier title was used"],
  ["We retract a manifold onto its boundary.", "9 pages"],
  ["A withdrawn bid is not a bid.", "paper withdrawn from IEEE Transactions and re-submitted"],
])("not withdrawn: %s (%s)", (abstract, comment) => {
  expect(isWithdrawn({ abstract, comment })).toBe(false);
});
