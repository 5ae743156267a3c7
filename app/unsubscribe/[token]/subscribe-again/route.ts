import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { subscribeAgain } from "#lib/subscribers/commands.ts";

/** The way back on the unsubscription page. */
export async function POST(
  _: Request,
  { params }: RouteContext<"/unsubscribe/[token]/subscribe-again">,
): Promise<Response> {
  const { token } = await params;
  await subscribeAgain({ token, now: now() });
  return seeOther(routes.unsubscribe(token));
}
