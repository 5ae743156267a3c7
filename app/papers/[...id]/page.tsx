import type { Metadata } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { SimilarTo } from "#app/papers/similar-papers.tsx";
import { paperHead } from "#app/page-head.ts";
import { PaperSheet } from "#components/papers/paper-sheet.tsx";
import { ScholarlyArticle } from "#components/papers/scholarly-article.tsx";
import { toPaperSheetView } from "#lib/editions/paper-sheet-view.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { scholarlyArticle } from "#lib/syndication/scholarly-article.ts";

type Props = PageProps<"/papers/[...id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const paper = await findAsked((await params).id);
  if (!paper) return {};
  return paperHead(paper);
}

export default async function PaperPage({ params }: Props) {
  const paper = (await findAsked((await params).id)) ?? notFound();
  return (
    <>
      <ScholarlyArticle json={scholarlyArticle(paper, { origin: env.siteUrl })} />
      <PaperSheet paper={toPaperSheetView(paper, site)}>
        <SimilarTo id={paper.id} now={now()} />
      </PaperSheet>
    </>
  );
}

/** A version in the address leads to the paper, and there to the line of that version: the page is about all of them. */
async function findAsked(segments: string[]) {
  const written = segments.map(decodeURIComponent).join("/");
  const parsed = parsePaperId(written);
  if (!parsed) return null;
  if (written !== parsed.id) permanentRedirect(routes.paper(parsed.id, parsed.version));
  return findPaper(parsed.id);
}
