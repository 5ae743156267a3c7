import { clientOf } from "#lib/platform/client-address.ts";
import { now } from "#lib/platform/clock.ts";
import { allow } from "#lib/platform/rate-limit.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { requestSubscription } from "#lib/subscribers/commands.ts";
import { subscriptionFormSchema } from "#lib/subscribers/schema.ts";

/** The subscription form. The answer is the same for every address, and for who has asked too often. */
export async function POST(request: Request): Promise<Response> {
  const fields = await request.formData().catch(() => new FormData());
  const { email, q, rhythm, form } = subscriptionFormSchema.parse(Object.fromEntries(fields));
  const { allowed } = await allow("subscriptions", clientOf(request.headers), { points: 60, seconds: 3600 });
  if (!allowed) return seeOther(routes.subscriptionAsked());
  const { status } = await requestSubscription({ email, search: q, rhythm, formVersion: form, now: now() });
  if (status === "no-search") return seeOther(routes.subscribe());
  return seeOther(status === "asked" ? routes.subscriptionAsked() : routes.subscriptionAddressWrong(q));
}
