import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { RankingRule } from "#components/editions/ranking-rule.tsx";
import { RuleHistory } from "#components/editions/rule-history.tsx";

const text = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const weights = { upvotes: 1, votes: 2, comments: 0.05, stars: 0.25, sources: 0.5 };

test("the rule says each weight, each usual count and how that is known", () => {
  const html = renderToStaticMarkup(
    <RankingRule
      rules={[
        { kind: "upvotes", halfLifeHours: 36, cap: Number.POSITIVE_INFINITY },
        { kind: "comments", halfLifeHours: 36, cap: Number.POSITIVE_INFINITY },
        { kind: "stars", halfLifeHours: 72, cap: 2000 },
      ]}
      weights={weights}
      usual={{
        upvotes: { count: 16.5, from: "measured" },
        votes: { count: 16.5, from: "measured" },
        comments: { count: 2, from: "first" },
        stars: { count: 70, from: "site" },
      }}
    />,
  );
  expect(text(html)).toContain("Upvotes on the sources 1 16.5 (measured) 36 h");
  expect(text(html)).toContain("Comments on the sources 0.05 2 (assumed: too little printed to measure) 36 h");
  expect(text(html)).toContain("New stars for its code (at most 2,000) 0.25 70 (set by this site) 72 h");
});

test("the history shows every rule there was, with its weights and the reason for the change", () => {
  const halfLives = { upvotes: 36, votes: 36, comments: 24, stars: 72 };
  const records = [
    { since: "2026-12-01", weights, halfLives, why: "Comments told little." },
    { since: "2026-11-24", weights: { ...weights, comments: 0.5 }, halfLives, why: "Chosen by judgement." },
  ];
  const shown = text(renderToStaticMarkup(<RuleHistory records={records} />));
  expect(shown).toMatch(
    /2026-12-01 .*comments 0\.05 \(24 h\).* Comments told little\..*2026-11-24 .*comments 0\.5 \(24 h\)/,
  );
});
