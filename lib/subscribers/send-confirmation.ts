import { createElement } from "react";
import { render } from "react-email";
import { ConfirmSubscription, confirmSubscriptionText } from "#emails/confirm-subscription.tsx";
import type { LetterWriter } from "#lib/letters/types.ts";
import { env } from "#lib/platform/env.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { confirmationToken, expiryOf } from "#lib/subscribers/tokens.ts";

/** Writes the letter whose link confirms a subscription. */
export const writeConfirmation: LetterWriter = async ({
  details: { subscriberId = "", requestedAt = "", about = "" },
}) => {
  const ticket = { subscriberId, requestedAt: Temporal.Instant.from(requestedAt) };
  const expiry = expiryOf(ticket).toZonedDateTimeISO(site.timeZone);
  const props = {
    siteName: site.name,
    search: about,
    confirmUrl: `${env.siteUrl}${routes.confirmSubscription(confirmationToken(ticket))}`,
    expiresOn: expiry.toLocaleString("en-GB", { day: "numeric", month: "long" }),
  };
  return {
    subject: about ? `Confirm this search of ${site.name}` : `Confirm your subscription to ${site.name}`,
    html: await render(createElement(ConfirmSubscription, props)),
    text: confirmSubscriptionText(props),
  };
};
