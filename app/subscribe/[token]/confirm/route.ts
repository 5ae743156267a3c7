import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { confirmSubscription } from "#lib/subscribers/commands.ts";

/** The button of the confirmation page. The page itself then says what is true. */
export async function POST(_: Request, { params }: RouteContext<"/subscribe/[token]/confirm">): Promise<Response> {
  const { token } = await params;
  await confirmSubscription({ token, now: now() });
  return seeOther(routes.confirmSubscription(token));
}
