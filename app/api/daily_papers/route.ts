import { now } from "#lib/platform/clock.ts";
import { problem } from "#lib/platform/problem.ts";
import { toHuggingFaceItem } from "#lib/syndication/hugging-face-shape.ts";
import { listDailyPapers } from "#lib/syndication/queries.ts";
import { dailyPapersQuerySchema } from "#lib/syndication/schema.ts";

/** Daily papers in the shape of Hugging Face's API: their clients work with our address, and we can be another's source. */
export async function GET(request: Request): Promise<Response> {
  const query = dailyPapersQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) {
    return problem(400, "Bad parameter", query.error.issues.map(({ message }) => message).join(" "));
  }
  const papers = await listDailyPapers(query.data, { now: now() });
  return Response.json(papers.map(toHuggingFaceItem));
}
