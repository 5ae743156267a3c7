import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";

type Props = {
  action: string;
  /** The day until which mail pauses, in words; null where it does not. */
  paused: string | null;
  /** As typed or kept, an ISO date. */
  until: string;
  error?: string;
};

/** A holiday of the whole address. */
export function PauseForm({ action, paused, until, error }: Props) {
  return (
    <section aria-labelledby="pause" className="border-rule grid gap-4 border-t pt-6">
      <h2 id="pause" className="text-xl leading-snug font-semibold">
        Pause for a holiday
      </h2>
      {paused && <p>Nothing comes before {paused}.</p>}
      <form method="post" action={action} className="flex flex-wrap items-start gap-3 text-base">
        <div className="min-w-48">
          <Field
            label="Until"
            name="until"
            type="date"
            defaultValue={until}
            error={error}
            hint="Mail comes again on that day."
          />
        </div>
        <Button type="submit" quiet className="mt-6">
          Pause all mail
        </Button>
      </form>
      {paused && (
        <form method="post" action={action}>
          <Button type="submit" name="resume" value="1" quiet>
            End the pause now
          </Button>
        </form>
      )}
    </section>
  );
}
