import { requestLatestDigest } from "#lib/digest/recipients/commands.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { findSubscriptionRequest } from "#lib/subscribers/queries.ts";

/** "Send me the latest edition now": once. A second press finds that it is there. */
export async function POST(_: Request, { params }: RouteContext<"/subscribe/[token]/send-latest">): Promise<Response> {
  const { token } = await params;
  const request = await findSubscriptionRequest(token, { now: now() });
  if (request.status === "active") await requestLatestDigest({ subscriberId: request.subscriberId, now: now() });
  return seeOther(routes.confirmSubscription(token));
}
