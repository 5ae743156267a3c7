import type { Metadata } from "next";
import { LatestEdition } from "#components/digest/latest-edition.tsx";
import { PressForm } from "#components/subscribers/press-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { findLatestForReader, findNextMail, zoneOf } from "#lib/digest/queries.ts";
import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { describePreferences } from "#lib/subscribers/preferences/describe-preferences.ts";
import { findSubscriptionById } from "#lib/subscribers/preferences/queries.ts";
import { findSubscriptionRequest } from "#lib/subscribers/queries.ts";
import { preferencesToken } from "#lib/subscribers/tokens.ts";

// The address of this page is the key: it must not travel on.
export const metadata: Metadata = { title: "Subscription", robots: { index: false }, referrer: "strict-origin" };

/** What the confirmation mail opens. Looking at it changes nothing: mail scanners open every link. */
export default async function ConfirmationPage({ params }: PageProps<"/subscribe/[token]">) {
  const { token } = await params;
  const time = now();
  const request = await findSubscriptionRequest(token, { now: time });
  if (request.status === "waiting") return <Waiting token={token} search={request.search} />;
  if (request.status !== "active") return <DeadLink status={request.status} />;
  const subscription = await findSubscriptionById(request.subscriberId);
  if (!subscription) return <DeadLink status="unknown" />;
  const preferences = routes.preferences(preferencesToken(subscription.id));
  if (request.search) return <SearchConfirmed search={request.search} preferences={preferences} />;
  const [latest, next] = [await findLatestForReader(subscription.id), await findNextMail(subscription, { now: time })];
  return (
    <PageFrame title="You are subscribed">
      <p>The next edition arrives {formatMoment(next, zoneOf(subscription.preferences.timeZone))}.</p>
      <p>
        {describePreferences(subscription.preferences, site)}. <a href={preferences}>Change what you get</a>
      </p>
      {latest && (
        <LatestEdition
          day={formatDay(latest.day)}
          state={latest.state}
          href={routes.edition(latest.day)}
          action={routes.sendLatestEdition(token)}
        />
      )}
    </PageFrame>
  );
}

function SearchConfirmed({ search, preferences }: { search: string; preferences: string }) {
  return (
    <PageFrame title="You get this search by mail">
      <p>
        From now on, whenever an edition has papers of the search{" "}
        <a href={routes.search(search, { sort: "newest" })}>{search}</a>, they come to your mailbox the next morning.
      </p>
      <p>
        <a href={preferences}>Change what you get</a>: how often, at which hour, how many.
      </p>
    </PageFrame>
  );
}

function Waiting({ token, search }: { token: string; search: string }) {
  return (
    <PageFrame title="One press, and it is yours">
      {search ? (
        <p>
          From then on the papers of the search <strong className="font-semibold wrap-anywhere">{search}</strong> come
          to your mailbox on the morning after {site.name} has printed them. Every mail has a link that ends it.
        </p>
      ) : (
        <p>
          From then on {site.name} comes to your mailbox as often as you asked. Every mail has a link that changes it
          and one that ends it.
        </p>
      )}
      <PressForm action={routes.confirmSubscriptionNow(token)}>Confirm my subscription</PressForm>
    </PageFrame>
  );
}

const sentences = {
  expired: "This link has expired. We can send you a new one.",
  unknown: "We do not know this link. Copy the whole address from the email, or subscribe again.",
};

function DeadLink({ status }: { status: keyof typeof sentences }) {
  return (
    <PageFrame title="This link does not work">
      <p>{sentences[status]}</p>
      <p>
        <a href={routes.subscribe()}>Subscribe again</a>
      </p>
    </PageFrame>
  );
}
