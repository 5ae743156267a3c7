import type { Metadata } from "next";
import { PressForm } from "#components/subscribers/press-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { findSubscription } from "#lib/subscribers/queries.ts";
import { preferencesTokenFrom } from "#lib/subscribers/tokens.ts";

// The address of this page is the key: it must not travel on.
export const metadata: Metadata = { title: "Unsubscribe", robots: { index: false }, referrer: "strict-origin" };

/** What the link in a digest opens. Looking at it changes nothing: mail scanners open every link. */
export default async function UnsubscribePage({ params }: PageProps<"/unsubscribe/[token]">) {
  const { token } = await params;
  const { status, confirmed, search } = await findSubscription(token);
  if (status === "unknown") {
    return (
      <PageFrame title="This link does not work">
        <p>We do not know this link. Copy the whole address from the email.</p>
      </PageFrame>
    );
  }
  if (status === "unsubscribed") return <Done token={token} confirmed={confirmed} search={search} />;
  const preferences = status === "active" ? preferencesTokenFrom(token) : null;
  return (
    <PageFrame title="No more mail?">
      {search ? (
        <p>
          You get the search <strong className="font-semibold wrap-anywhere">{search}</strong> by mail. One press, and
          it does not come any more; other mail of {site.name} that you asked for does.
        </p>
      ) : (
        <p>You are subscribed. One press, and {site.name} does not come to your mailbox any more.</p>
      )}
      <PressForm action={routes.unsubscribeNow(token)}>Unsubscribe</PressForm>
      {preferences && (
        <p className="text-muted">
          Too much, or at the wrong hour? <a href={routes.preferences(preferences)}>Change what you get</a>, or pause it
          for a holiday.
        </p>
      )}
    </PageFrame>
  );
}

function Done({ token, confirmed, search }: { token: string; confirmed: boolean; search: string }) {
  return (
    <PageFrame title="You are unsubscribed">
      <p>
        {search
          ? `It is done: the search “${search}” does not go to your address any more.`
          : "It is done: no digest goes to your address any more."}
      </p>
      {confirmed ? (
        <>
          <p className="text-muted">Was it a mistake?</p>
          <PressForm action={routes.subscribeAgain(token)} quiet>
            Subscribe again
          </PressForm>
        </>
      ) : (
        <p>
          <a href={routes.subscribe()}>Subscribe again</a>
        </p>
      )}
    </PageFrame>
  );
}
