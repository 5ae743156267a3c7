import { drawSquare } from "#app/draw-picture.tsx";
import { icoOf, iconTileSvg } from "#lib/syndication/site-icon.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const png = await (await drawSquare(iconTileSvg(), 32)).bytes();
  return new Response(icoOf(png), { headers: { "Content-Type": "image/x-icon" } });
}
