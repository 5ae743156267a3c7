import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { unsubscribe } from "#lib/subscribers/commands.ts";

/** The button of the unsubscription page. The page itself then says what is true. */
export async function POST(_: Request, { params }: RouteContext<"/unsubscribe/[token]/confirm">): Promise<Response> {
  const { token } = await params;
  await unsubscribe({ token, now: now() });
  return seeOther(routes.unsubscribe(token));
}
