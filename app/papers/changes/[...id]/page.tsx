import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PaperChanges } from "#components/papers/paper-changes.tsx";
import { toPaperChangesView } from "#lib/editions/paper-changes-view.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { findPaper } from "#lib/papers/queries.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = PageProps<"/papers/changes/[...id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const paper = await findAsked((await params).id);
  if (!paper) return {};
  // The paper is what a search engine should find, not each pair of its versions.
  return {
    title: `What changed in ${plainText(paper.title)}`,
    robots: { index: false },
    alternates: { canonical: routes.paperChanges(paper.id) },
  };
}

export default async function PaperChangesPage({ params, searchParams }: Props) {
  const paper = (await findAsked((await params).id)) ?? notFound();
  const { from, to } = await searchParams;
  const asked = { from: versionIn(from), to: versionIn(to), timeZone: site.timeZone };
  return <PaperChanges paper={toPaperChangesView(paper, asked)} />;
}

async function findAsked(segments: string[]) {
  const parsed = parsePaperId(segments.map(decodeURIComponent).join("/"));
  return parsed && findPaper(parsed.id);
}

function versionIn(value: string | string[] | undefined): number | null {
  return typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : null;
}
