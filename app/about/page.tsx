import type { Metadata } from "next";
import { RankingRule } from "#components/editions/ranking-rule.tsx";
import { RuleHistory } from "#components/editions/rule-history.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { dayAt } from "#lib/editions/edition-date.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { findUsualCounts } from "#lib/trending/queries.ts";
import { rules } from "#lib/trending/score-papers.ts";
import { weightsHistory } from "#lib/trending/weights-history.ts";

export const metadata: Metadata = { title: "How papers are ranked", alternates: { canonical: routes.about() } };

// What this site reads: a source that is switched off is not promised.
const printed = [
  ...(site.huggingFace ? ["those that Hugging Face Daily Papers lists under that date"] : []),
  ...(site.arxiv ? [`those that arXiv announced that day in ${site.arxivCategories.join(", ")}`] : []),
];
const isRead = ({ kind }: { kind: string }) => kind === "votes" || site.huggingFace;

export default async function AboutPage() {
  const usual = await findUsualCounts({ day: dayAt(now(), site) });
  return (
    <PageFrame title="How papers are ranked, and where they come from">
      <p>
        Each edition holds the papers of one day: {printed.join(", and ")}. A day closes at {site.closesAt}{" "}
        {site.timeZone}. From then on its papers, their ranks and their scores do not change; what a source adds later
        is printed below them as late arrivals. Upvotes go on counting.
      </p>
      <h2 className="text-2xl font-semibold">The rule</h2>
      <p>
        A paper’s score is the sum of its points. For each kind of signal the points are{" "}
        <em>weight × log₂(1 + count ÷ usual count)</em>, where what came in one half-life ago counts half, two
        half-lives ago a quarter. The usual count is what the middle paper had, of those that had any, in the editions
        of the last two weeks: the rule fits a small field as it fits a large one. Nothing else is looked at: not who
        wrote a paper, where they work, or how long it is. Equal scores stand in an order drawn anew each day.
      </p>
      <RankingRule weights={site.weights} usual={usual} rules={Object.values(rules).filter(isRead)} />
      <p>
        An upvote here counts no more than one on a source, and only once its account is a day old. Papers are found,
        not submitted, so there is no submitter whose own upvote could be left out; and whether a reader wrote the paper
        cannot be known, so an author’s upvote counts as anybody’s. Of a repository’s stars only those count that came
        after it was first seen.
      </p>
      <p>
        Each paper says how many points it has and why, under “Why here”. A week or a month ranks each paper by the best
        score it had on any of its days. Trending applies the same rule at this moment to all papers of which anything
        was said in the last two weeks.
      </p>
      <h3 className="text-xl font-semibold">What the rule was before</h3>
      <p>
        These are the weights that a site has unless it sets its own. Closed editions keep the points they closed with.
      </p>
      <RuleHistory records={weightsHistory} />
      <h2 className="text-2xl font-semibold">Sources and licences</h2>
      <p>
        Titles, abstracts and authors are arXiv’s descriptive metadata, which arXiv offers under{" "}
        <a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a>; the papers themselves are not copied, only
        linked.{" "}
        {site.huggingFace
          ? "Which papers are talked about, and how much, is read from Hugging Face Daily Papers. Neither endorses this site."
          : "Which papers are talked about is what readers upvote here. arXiv does not endorse this site."}{" "}
        Thank you to arXiv for use of its open access interoperability.
      </p>
      <p>
        {site.huggingFace
          ? "The number at a paper is its upvotes on the sources and here together; its own page names both."
          : "The number at a paper is its upvotes here."}{" "}
        Programs can read everything at <a href="/api/daily_papers">/api/daily_papers</a>
        {site.huggingFace && ", in the shape that clients of Hugging Face’s API expect"}.
      </p>
    </PageFrame>
  );
}
