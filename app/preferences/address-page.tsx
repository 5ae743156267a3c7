import { LatestEdition } from "#components/digest/latest-edition.tsx";
import { PauseForm } from "#components/subscribers/pause-form.tsx";
import { PreferencesForm } from "#components/subscribers/preferences-form.tsx";
import { PressForm } from "#components/subscribers/press-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { findLatestForReader, findNextMail } from "#lib/digest/queries.ts";
import { dayAt } from "#lib/editions/edition-date.ts";
import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { listTimeZones } from "#lib/platform/time-zone.ts";
import { describePreferences } from "#lib/subscribers/preferences/describe-preferences.ts";
import type { AddressPreferences } from "#lib/subscribers/preferences/queries.ts";
import {
  readPause,
  readPreferences,
  typedPreferencesSchema,
  typePreferences,
} from "#lib/subscribers/preferences/read-preferences.ts";
import type { Subscription } from "#lib/subscribers/types.ts";

type Query = Record<string, string | string[] | undefined>;

type Props = { token: string; found: AddressPreferences; query: Query; now: Temporal.Instant };

const ZONES = "time-zones";

/** Everything that goes to one address: a form for each subscription, the holiday, the way out of all. */
export async function AddressPage({ token, found: { email, subscriptions, returned }, query, now }: Props) {
  if (subscriptions.length === 0) return <NothingLeft ended={query.done === "ended"} />;
  const paused = latestPause(subscriptions, { today: dayAt(now, site) });
  const typedUntil = typeof query.until === "string" ? query.until : null;
  const pauseProblem = typedUntil === null ? null : readPause(typedUntil, { today: dayAt(now, site) });
  return (
    <PageFrame title="What you get">
      <p>
        For <strong className="font-semibold wrap-anywhere">{email}</strong>.
      </p>
      {returned && (
        <Notice title="Nothing is sent at present.">
          Mail to this address came back. <a href={routes.subscribe()}>Subscribe once more</a> to say that it works
          again.
        </Notice>
      )}
      {query.done === "paused" && paused && <Notice title="Paused.">Nothing comes before {formatDay(paused)}.</Notice>}
      {query.done === "resumed" && <Notice title="The pause has ended.">Mail comes again as you asked for it.</Notice>}
      {
        await Promise.all(
          subscriptions.map((subscription) => (
            <OneSubscription key={subscription.id} subscription={subscription} token={token} query={query} now={now} />
          )),
        )
      }
      <datalist id={ZONES}>
        {listTimeZones().map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <PauseForm
        action={routes.changePreferences(token, "pause")}
        paused={paused && formatDay(paused)}
        until={typedUntil ?? paused?.toString() ?? ""}
        error={pauseProblem?.status === "problem" ? pauseProblem.sentence : undefined}
      />
      <section aria-labelledby="end-all" className="border-rule grid gap-4 border-t pt-6">
        <h2 id="end-all" className="text-xl leading-snug font-semibold">
          End all mail
        </h2>
        <p>One press, and nothing goes to this address any more.</p>
        <PressForm action={routes.changePreferences(token, "end-all")} quiet>
          End all mail
        </PressForm>
      </section>
    </PageFrame>
  );
}

async function OneSubscription({
  subscription,
  token,
  query,
  now,
}: { subscription: Subscription } & Pick<Props, "token" | "query" | "now">) {
  const { id, search, preferences } = subscription;
  const next = await findNextMail(subscription, { now });
  const latest = search ? null : await findLatestForReader(id);
  const isAsked = query.of === id;
  const retyped = isAsked && query.done === undefined ? typedPreferencesSchema.parse(query) : null;
  const read = retyped && readPreferences(retyped);
  return (
    <>
      <PreferencesForm
        id={id}
        search={search}
        title={search ? `The search ${search}` : `${site.name}, whole editions`}
        summary={describePreferences(preferences, site)}
        next={formatMoment(next, preferences.timeZone || site.timeZone)}
        typed={retyped ?? typePreferences(preferences)}
        problems={read?.status === "problems" ? read.problems : {}}
        saved={isAsked && query.done === "saved"}
        action={routes.changePreferences(token, "save")}
        zones={ZONES}
        site={{ hour: site.mailedAt.replace(/^0/, ""), zone: site.timeZone }}
      />
      {latest && (
        <LatestEdition
          day={formatDay(latest.day)}
          state={latest.state}
          href={routes.edition(latest.day)}
          action={routes.changePreferences(token, "send-latest")}
          subscription={id}
        />
      )}
    </>
  );
}

function NothingLeft({ ended }: { ended: boolean }) {
  return (
    <PageFrame title={ended ? "All mail has ended" : "No mail goes to this address"}>
      <p>
        {ended ? "It is done: nothing goes to this address any more." : "There is nothing to change."}{" "}
        <a href={routes.subscribe()}>Subscribe</a>
      </p>
    </PageFrame>
  );
}

/** Until when mail pauses; null where it does not, or where the day has come. */
function latestPause(
  subscriptions: readonly Subscription[],
  { today }: { today: Temporal.PlainDate },
): Temporal.PlainDate | null {
  const days = subscriptions.flatMap(({ pausedUntil }) => pausedUntil ?? []).toSorted(Temporal.PlainDate.compare);
  const last = days.at(-1);
  return last && Temporal.PlainDate.compare(last, today) > 0 ? last : null;
}
