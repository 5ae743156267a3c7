import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { unsubscribe } from "#lib/subscribers/commands.ts";

type Context = RouteContext<"/unsubscribe/[token]/one-click">;

const noStore = { "Cache-Control": "no-store" };

/**
 * A mail program's one-click unsubscription (RFC 8058): no cookie, no Origin, never a redirect, as often as it likes. The
 * body says `List-Unsubscribe=One-Click` in one of two encodings; the address alone says everything.
 */
export async function POST(_: Request, { params }: Context): Promise<Response> {
  const { status } = await unsubscribe({ token: (await params).token, now: now() });
  if (status !== "unknown") return new Response("You are unsubscribed.\n", { headers: noStore });
  return new Response("We do not know this link. Copy the whole address from the e-mail.\n", {
    status: 404,
    headers: noStore,
  });
}

/** Somebody opened the address as a page: there, nothing happens without a press. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(routes.unsubscribe((await params).token));
}
