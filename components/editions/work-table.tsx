import type { DescribedRun } from "#lib/sources/types.ts";

/** What was done beside the timetable: back-fills, harvests, imports, each with its end and its age. */
export function WorkTable({ runs }: { runs: readonly DescribedRun[] }) {
  return (
    <dl className="border-ink grid border-t font-sans text-base">
      {runs.map(({ what, state, age, message }) => (
        <div key={what} className="border-rule grid gap-1 border-b py-3">
          <dt className="font-semibold">
            {what}: {state}, {age}
          </dt>
          {message && <dd className="text-muted">{message}</dd>}
        </div>
      ))}
    </dl>
  );
}
