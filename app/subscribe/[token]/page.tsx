import type { Metadata } from "next";
import { LatestEdition } from "#components/digest/latest-edition.tsx";
import { PressForm } from "#components/subscribers/press-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { nextDue, siteReader } from "#lib/digest/mailing-time.ts";
import { findLatestForReader } from "#lib/digest/queries.ts";
import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { findSubscriptionRequest } from "#lib/subscribers/queries.ts";

// The address of this page is the key: it must not travel on.
export const metadata: Metadata = { title: "Subscription", robots: { index: false }, referrer: "strict-origin" };

/** What the confirmation mail opens. Looking at it changes nothing: mail scanners open every link. */
export default async function ConfirmationPage({ params }: PageProps<"/subscribe/[token]">) {
  const { token } = await params;
  const time = now();
  const request = await findSubscriptionRequest(token, { now: time });
  if (request.status === "waiting") return <Waiting token={token} search={request.search} />;
  if (request.status !== "active") return <DeadLink status={request.status} />;
  if (request.search) return <SearchConfirmed search={request.search} />;
  const latest = await findLatestForReader(request.subscriberId);
  return (
    <PageFrame title="You are subscribed">
      <p>
        The next edition arrives{" "}
        {formatMoment(nextDue(time, { rhythm: "daily", ...siteReader }, site).at, site.timeZone)}.
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

function SearchConfirmed({ search }: { search: string }) {
  return (
    <PageFrame title="You get this search by mail">
      <p>
        From now on, whenever an edition has papers of the search{" "}
        <a href={routes.search(search, { sort: "newest" })}>{search}</a>, they come to your mailbox the next morning.
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
        <p>From then on {site.name} comes to your mailbox each morning. Every mail has a link that ends it.</p>
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
