import { site } from "#lib/platform/site-config.ts";
import { webManifest } from "#lib/syndication/site-files.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(webManifest(site), { headers: { "Content-Type": "application/manifest+json; charset=utf-8" } });
}
