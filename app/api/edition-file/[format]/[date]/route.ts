import { cardCharacters, drawCard } from "#app/draw-picture.tsx";
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import { findEdition } from "#lib/editions/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { problem } from "#lib/platform/problem.ts";
import { site } from "#lib/platform/site-config.ts";
import { editionMarkdown } from "#lib/syndication/edition-markdown.ts";
import { editionCardView } from "#lib/syndication/link-card-view.ts";

/** An edition as a file: /papers/date/2026-08-20.md, and .png, the picture beside a link to it. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/edition-file/[format]/[date]">,
): Promise<Response> {
  const { format, date } = await params;
  const day = parseEditionDay(date);
  if (!day) return problem(404, "No such day", "A day is written like 2026-08-20.");
  const edition = await findEdition(day, { now: now() });
  const names = { siteName: site.name, timeZone: site.timeZone };
  if (format === "png") return drawCard(editionCardView(edition, { ...names, covered: cardCharacters() }));
  return new Response(editionMarkdown(edition, { ...names, origin: env.siteUrl }), {
    headers: { "Content-Type": "text/markdown; charset=utf-8", "Access-Control-Allow-Origin": "*" },
  });
}
