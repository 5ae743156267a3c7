import { cardCharacters, drawCard } from "#app/draw-picture.tsx";
import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";
import { siteCardView } from "#lib/syndication/link-card-view.ts";

export const dynamic = "force-dynamic";

/** What is shown beside a link to the site itself. */
export function GET(): Promise<Response> {
  const { name: siteName, tagline } = site;
  const { host } = new URL(env.siteUrl);
  return drawCard(siteCardView({ siteName, tagline, host, covered: cardCharacters() }));
}
