import { rhythmChoices } from "#components/subscribers/rhythm-choices.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { PreferenceProblems, TypedPreferences } from "#lib/subscribers/types.ts";

/** One subscription as its form shows it. */
type PreferencesView = {
  id: string;
  /** Empty for whole editions. */
  search: string;
  /** What is asked for, in a sentence. */
  summary: string;
  /** When the next mail is due, in words. */
  next: string;
  typed: TypedPreferences;
  problems: PreferenceProblems;
  saved: boolean;
};

type Props = PreferencesView & {
  title: string;
  action: string;
  /** The id of the list of time zones on the page. */
  zones: string;
  /** The site's own hour and zone in words. */
  site: { hour: string; zone: string };
};

const hours = Array.from({ length: 24 }, (_, hour) => [String(hour), `${hour}:00`] as const);

/** What one can ask for of one subscription. It works without JavaScript, and keeps what was typed when something is wrong. */
export function PreferencesForm({ title, action, zones, site, typed, problems, ...view }: Props) {
  const wrong = Object.keys(problems).length > 0;
  return (
    <section id={view.id} aria-labelledby={`${view.id}-title`} className="border-rule grid gap-4 border-t pt-6">
      <h2 id={`${view.id}-title`} className="text-xl leading-snug font-semibold wrap-anywhere">
        {title}
      </h2>
      {view.saved && <Notice title="Saved.">What you get now is said below.</Notice>}
      {wrong && (
        <Notice title="Not saved.">Something is wrong beside a field below; what you typed is still there.</Notice>
      )}
      <p>
        {view.summary}. <span className="text-muted">The next can come on {view.next}.</span>
      </p>
      <form method="post" action={action} className="grid gap-4 text-base">
        <input type="hidden" name="of" value={view.id} />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="How often"
            name="rhythm"
            defaultValue={typed.rhythm}
            choices={rhythmChoices}
            error={problems.rhythm}
          />
          <Field
            label="Papers in a mail, at most"
            name="papers"
            inputMode="numeric"
            defaultValue={typed.papers}
            hint="5 to 50"
            error={problems.papers}
          />
          <SelectField
            label="Hour"
            name="hour"
            defaultValue={typed.hour}
            choices={[["", `As the site does: ${site.hour}`], ...hours]}
            error={problems.hour}
          />
          <Field
            label="Time zone"
            name="zone"
            list={zones}
            autoComplete="off"
            defaultValue={typed.zone}
            hint={`Empty: ${site.zone}, the site's`}
            error={problems.zone}
          />
        </div>
        {view.search === "" && (
          <Field
            label="Classes"
            name="classes"
            autoComplete="off"
            defaultValue={typed.classes}
            hint="arXiv classes such as cs.CL, math. Empty: all."
            error={problems.classes}
          />
        )}
        <SelectField
          label="When there is no paper"
          name="empty"
          defaultValue={typed.empty}
          choices={[
            ["skip", "No mail"],
            ["explain", "A line that says why"],
          ]}
        />
        <label className="flex items-center gap-2 font-sans text-sm">
          <input type="checkbox" name="plain" value="1" defaultChecked={typed.plain !== ""} className="size-5" />
          Plain text only
        </label>
        <div>
          <Button type="submit">Save</Button>
        </div>
      </form>
    </section>
  );
}
