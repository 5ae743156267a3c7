import { cardCharacters, drawCard } from "#app/draw-picture.tsx";
import { toPaperSheetView } from "#lib/editions/paper-sheet-view.ts";
import { formatBibtex } from "#lib/papers/format-bibtex.ts";
import { formatRis } from "#lib/papers/format-ris.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { problem } from "#lib/platform/problem.ts";
import { site } from "#lib/platform/site-config.ts";
import { findSimilar } from "#lib/search/similar/queries.ts";
import { toHuggingFacePaper, toSimilarFields } from "#lib/syndication/hugging-face-shape.ts";
import { paperCardView } from "#lib/syndication/link-card-view.ts";
import { paperMarkdown } from "#lib/syndication/paper-markdown.ts";

const files: Record<string, (paper: PaperDetail) => Response | Promise<Response>> = {
  json: async (paper) => Response.json({ ...toHuggingFacePaper(paper), ...toSimilarFields(await similarTo(paper)) }),
  bib: (paper) => file(paper, formatBibtex(paper), { type: "application/x-bibtex", ending: "bib" }),
  ris: (paper) => file(paper, formatRis(paper), { type: "application/x-research-info-systems", ending: "ris" }),
  md: async (paper) => {
    const similar = await similarTo(paper);
    const text = paperMarkdown(paper, toPaperSheetView(paper, site), { origin: env.siteUrl, similar });
    return file(paper, text, { type: "text/markdown", ending: "md" });
  },
  png: (paper) => drawCard(paperCardView(paper, { siteName: site.name, covered: cardCharacters() })),
};

/** A paper as a file: /papers/ID.json, .bib, .ris, .md, and .png, the picture beside a link to it. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/paper-file/[format]/[...id]">,
): Promise<Response> {
  const { format, id } = await params;
  const parsed = parsePaperId(id.map(decodeURIComponent).join("/"));
  const paper = parsed && (await findPaper(parsed.id));
  const make = Object.hasOwn(files, format) ? files[format] : undefined;
  if (!paper || !make)
    return problem(404, "No such paper", "Check the arXiv id, such as 2608.12313 or hep-th/9901001.");
  return make(paper);
}

/** As many as the paper's page shows. */
function similarTo({ id }: PaperDetail) {
  return findSimilar(id, { limit: 6, now: now() });
}

function file({ id }: PaperDetail, text: string, { type, ending }: { type: string; ending: string }): Response {
  return new Response(text, {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `inline; filename="${id.replace("/", "-")}.${ending}"`,
    },
  });
}
