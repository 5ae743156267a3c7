import { routes } from "#lib/platform/routes.ts";

type Props = { day: string; future: boolean; nearest: string | null };

/** A day without papers says why, and leads to one that has some. */
export function EmptyDay({ day, future, nearest }: Props) {
  return (
    <div className="border-ink border-t py-10 text-lg leading-relaxed">
      <p>
        {future
          ? `${day} is still to come: its papers are not known yet.`
          : `No papers were listed for ${day}. On weekends and holidays nothing is announced.`}
      </p>
      {nearest && (
        <p className="mt-2">
          <a href={routes.edition(nearest)}>Read the nearest edition</a>, or see what is{" "}
          <a href={routes.trending()}>trending now</a>.
        </p>
      )}
    </div>
  );
}
