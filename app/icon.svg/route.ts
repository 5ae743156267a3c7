import { iconSvg } from "#lib/syndication/site-icon.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(iconSvg(), { headers: { "Content-Type": "image/svg+xml" } });
}
