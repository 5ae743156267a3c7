import { routes } from "#lib/platform/routes.ts";

type Props = { day: string; when: "past" | "today" | "future"; nearest: string | null };

const why = {
  past: (day: string) => `No papers were listed for ${day}. On weekends and holidays nothing is announced.`,
  today: (day: string) => `No papers are listed for ${day} yet. On weekends and holidays nothing is announced.`,
  future: (day: string) => `${day} is still to come: its papers are not known yet.`,
};

/** A day without papers says why, and leads to one that has some. */
export function EmptyDay({ day, when, nearest }: Props) {
  return (
    <div className="border-ink border-t py-10 text-lg leading-relaxed">
      {/* Not to be kept: a day that is empty now may be filled by the next gathering or back-fill. */}
      <meta name="x-broadsheet-cache" content="no" />
      <p>{why[when](day)}</p>
      {nearest && (
        <p className="mt-2">
          <a href={routes.edition(nearest)}>Read the nearest edition</a>, or see what is{" "}
          <a href={routes.trending()}>trending now</a>.
        </p>
      )}
    </div>
  );
}
