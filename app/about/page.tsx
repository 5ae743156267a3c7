import type { Metadata } from "next";
import { RankingRule } from "#components/editions/ranking-rule.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { rules } from "#lib/trending/score-papers.ts";

export const metadata: Metadata = { title: "How papers are ranked", alternates: { canonical: routes.about() } };

export default function AboutPage() {
  return (
    <PageFrame title="How papers are ranked, and where they come from">
      <p>
        Each edition holds the papers of one day: those that Hugging Face Daily Papers lists under that date, and those
        that arXiv announced that day in {site.arxivCategories.join(", ")}. A day closes at {site.closesAt}{" "}
        {site.timeZone}. From then on its papers, their ranks and their scores do not change; what a source adds later
        is printed below them as late arrivals. Upvotes go on counting.
      </p>
      <h2 className="text-2xl font-semibold">The rule</h2>
      <p>
        A paper's score is the sum of its points. For each kind of signal the points are{" "}
        <em>weight × log₂(1 + count ÷ usual count)</em>, where what came in one half-life ago counts half, two
        half-lives ago a quarter. Nothing else is looked at: not who wrote a paper, where they work, or how long it is.
        Equal scores stand in an order drawn anew each day.
      </p>
      <RankingRule weights={site.weights} rules={Object.values(rules)} />
      <p>
        Each paper says how many points it has and why, under “Why here”. A week or a month ranks each paper by the best
        score it had on any of its days. Trending applies the same rule at this moment to all papers of which anything
        was said in the last two weeks.
      </p>
      <h2 className="text-2xl font-semibold">Sources and licences</h2>
      <p>
        Titles, abstracts and authors are arXiv's descriptive metadata, which arXiv offers under{" "}
        <a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a>; the papers themselves are not copied, only
        linked. Which papers are talked about, and how much, is read from Hugging Face Daily Papers. Neither endorses
        this site. Thank you to arXiv for use of its open access interoperability.
      </p>
      <p>
        The number at a paper is its upvotes on the sources and here together; its own page names both. Programs can
        read everything at <a href="/api/daily_papers">/api/daily_papers</a>, in the shape that clients of Hugging
        Face's API expect.
      </p>
    </PageFrame>
  );
}
