import { now } from "#lib/platform/clock.ts";
import { problem, problemSoon } from "#lib/platform/problem.ts";
import { searchPapers } from "#lib/search/queries.ts";
import { searchParametersSchema } from "#lib/search/schema.ts";
import { toHuggingFaceItem } from "#lib/syndication/hugging-face-shape.ts";

/** Search in the shape of Hugging Face's API, in the order of the page. A paper's id finds that paper. */
export async function GET(request: Request): Promise<Response> {
  const parameters = searchParametersSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parameters.success) {
    return problem(400, "Bad parameter", parameters.error.issues.map(({ message }) => message).join(" "));
  }
  const { q, limit, sort, verbatim } = parameters.data;
  const { state, papers } = await searchPapers({ text: q, sort, verbatim, perPage: limit, now: now() });
  if (state === "building") {
    return problemSoon("Index being built", "The search index is being built. Ask again in a few seconds.");
  }
  return Response.json(papers.map(toHuggingFaceItem));
}
