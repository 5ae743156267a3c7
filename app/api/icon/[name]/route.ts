import { drawSquare } from "#app/draw-picture.tsx";
import { problem } from "#lib/platform/problem.ts";
import { iconTileSvg } from "#lib/syndication/site-icon.ts";

const sizes: Record<string, number> = { "apple-icon": 180, "icon-192": 192, "icon-512": 512, "icon-maskable-512": 512 };

/** The site's mark as PNG, for home screens. */
export async function GET(_request: Request, { params }: RouteContext<"/api/icon/[name]">): Promise<Response> {
  const { name } = await params;
  const size = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
  if (!size) return problem(404, "No such icon", "The icons are listed in /manifest.webmanifest.");
  return drawSquare(iconTileSvg({ safe: name === "icon-maskable-512" }), size);
}
