import type { Way } from "#components/editions/list-heading.tsx";
import { routes } from "#lib/platform/routes.ts";

type Props = { isOpen: boolean; category: string | null; earlier: Way };

/** Below the last paper: that there is nothing left to read of this day, and where to go on. */
export function DayEnd({ isOpen, category, earlier }: Props) {
  return (
    <section aria-label="The end of this day" className="day-end rule-double mt-2 py-8 text-center">
      <p className="text-2xl italic">{endOf({ isOpen, category })}</p>
      <p className="mt-2 text-lg">
        {earlier ? (
          <a data-key="j" href={earlier.href}>
            Go on to {earlier.label}
          </a>
        ) : (
          "There is no earlier one here."
        )}{" "}
        <span className="text-muted">or see what is</span> <a href={routes.trending()}>trending now</a>
      </p>
    </section>
  );
}

function endOf({ isOpen, category }: Omit<Props, "earlier">): string {
  const what = category ? `That is all of ${category} on this day` : "The day is finished";
  return isOpen ? `${category ? what : "That is all"}, so far.` : `${what}.`;
}
