import { rhythmChoices } from "#components/subscribers/rhythm-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { routes } from "#lib/platform/routes.ts";
import type { FormVersion } from "#lib/subscribers/types.ts";

type Props = {
  /** Which form, in which wording: kept as proof of the opt-in. Change the wording below, and this changes with it. */
  form?: FormVersion;
  /** The line of a search, for its papers alone; else whole editions. */
  search?: string;
  error?: string;
};

/** Asks for an address. It stands on cached pages, so it posts to a URL. */
export function SubscribeForm({ form = "front-page-1", search = "", error }: Props) {
  return (
    <section aria-labelledby="subscribe-heading" className="mx-auto grid w-full max-w-[38rem] gap-3">
      <h2 id="subscribe-heading" className="text-2xl leading-tight font-semibold">
        {search ? "Get this search by mail" : "Get trending papers in your email inbox!"}
      </h2>
      <p className="text-muted leading-relaxed">
        {search ? <OfSearch search={search} /> : "Each morning the edition of the day before, with abstracts."} You
        confirm by a link; every mail has one that ends it.
      </p>
      <form method="post" action={routes.askToSubscribe()} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="form" value={form} />
        {search && <input type="hidden" name="q" value={search} />}
        <div className="min-w-0 grow">
          <Field label="Your email address" name="email" type="email" autoComplete="email" required error={error} />
        </div>
        {form === "subscribe-page-2" && (
          <SelectField label="How often" name="rhythm" defaultValue="daily" choices={rhythmChoices} />
        )}
        <Button type="submit">Subscribe</Button>
      </form>
    </section>
  );
}

function OfSearch({ search }: { search: string }) {
  return (
    <>
      Each morning on which the edition of the day before has papers with all of{" "}
      <strong className="font-semibold wrap-anywhere">{search}</strong>: those papers, with abstracts.
    </>
  );
}
