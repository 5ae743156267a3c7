import { formatBibtex } from "#lib/papers/format-bibtex.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import { problem } from "#lib/platform/problem.ts";
import { toHuggingFacePaper } from "#lib/syndication/hugging-face-shape.ts";

/** A paper as a file: /papers/ID.bib and /papers/ID.json. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/paper-file/[format]/[...id]">,
): Promise<Response> {
  const { format, id } = await params;
  const parsed = parsePaperId(id.map(decodeURIComponent).join("/"));
  const paper = parsed && (await findPaper(parsed.id));
  if (!paper) return problem(404, "No such paper", "Check the arXiv id, such as 2608.12313 or hep-th/9901001.");
  if (format === "json") return Response.json(toHuggingFacePaper(paper));
  return new Response(formatBibtex(paper), {
    headers: {
      "Content-Type": "application/x-bibtex; charset=utf-8",
      "Content-Disposition": `inline; filename="${paper.id.replace("/", "-")}.bib"`,
    },
  });
}
