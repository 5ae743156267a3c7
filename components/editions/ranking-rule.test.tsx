import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { RankingRule } from "#components/editions/ranking-rule.tsx";
import { RuleHistory } from "#components/editions/rule-history.tsx";
import { rules } from "#lib/trending/score-papers.ts";
import { usualCounts } from "#lib/trending/usual-counts.ts";
import { weightsHistory } from "#lib/trending/weights-history.ts";

const text = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("the rule says each weight, each usual count and how that is known", () => {
  const printed = Array.from({ length: 31 }, (_, index) => ({ kind: "upvotes" as const, count: index + 1 }));
  const html = renderToStaticMarkup(
    <RankingRule
      rules={Object.values(rules)}
      weights={weightsHistory[0].weights}
      usual={usualCounts(printed, { stars: 70 })}
    />,
  );
  expect(text(html)).toContain("Upvotes on the sources 1 16 (measured) 36 h");
  expect(text(html)).toContain("Comments on the sources 0.05 2 (assumed: too little printed to measure) 36 h");
  expect(text(html)).toContain("New stars for its code (at most 2,000) 0.25 70 (set by this site) 72 h");
});

test("the history shows every rule there was, with its weights and the reason for the change", () => {
  const shown = text(renderToStaticMarkup(<RuleHistory records={weightsHistory} />));
  for (const { since, weights } of weightsHistory) {
    expect(shown).toContain(since);
    expect(shown).toContain(`comments ${weights.comments} (36 h)`);
  }
  expect(shown).toContain("chosen by judgement");
});
