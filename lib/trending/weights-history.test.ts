import { expect, test } from "vitest";
import { readSiteConfig } from "#lib/platform/site-config.ts";
import { rules } from "#lib/trending/score-papers.ts";
import { weightsHistory } from "#lib/trending/weights-history.ts";

test("the newest line of the history is what a site without settings does now", () => {
  const [newest] = weightsHistory;
  expect(newest?.weights).toEqual(readSiteConfig("/nowhere/broadsheet.config.json").weights);
  const halfLives = Object.fromEntries(Object.values(rules).map(({ kind, halfLifeHours }) => [kind, halfLifeHours]));
  expect(newest?.halfLives).toEqual(halfLives);
});

test("the history goes backwards in time, each change with its reason", () => {
  const dates = weightsHistory.map(({ since }) => Temporal.PlainDate.from(since).toString());
  expect(dates).toEqual(dates.toSorted().toReversed());
  expect(weightsHistory.every(({ why }) => why.length > 20)).toBe(true);
});
