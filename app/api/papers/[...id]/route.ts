import { parsePaperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import { problem } from "#lib/platform/problem.ts";
import { toHuggingFacePaper } from "#lib/syndication/hugging-face-shape.ts";

/** One paper in the shape of Hugging Face's API. */
export async function GET(_request: Request, { params }: RouteContext<"/api/papers/[...id]">): Promise<Response> {
  const written = (await params).id.map(decodeURIComponent).join("/");
  const parsed = parsePaperId(written);
  if (!parsed) return problem(400, "Not a paper id", "Write an arXiv id, such as 2608.12313 or hep-th/9901001.");
  const paper = await findPaper(parsed.id);
  if (!paper) return problem(404, "Paper not found", `${parsed.id} was not printed here.`);
  return Response.json(toHuggingFacePaper(paper));
}
