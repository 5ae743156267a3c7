import type { SignalKind, Weights } from "#lib/trending/types.ts";

type RuleRecord = { since: string; weights: Weights; halfLives: Record<SignalKind, number>; why: string };

/** What the default rule was, and why it was changed; newest first. */
export function RuleHistory({ records }: { records: readonly RuleRecord[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="border-ink w-full border-y font-sans text-base">
        <thead>
          <tr className="border-rule border-b text-left text-sm">
            <th className="py-2 pr-4 font-medium">Since</th>
            <th className="py-2 pr-4 font-medium">Weights (half-life)</th>
            <th className="py-2 pr-4 font-medium">Why</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ since, weights, halfLives, why }) => (
            <tr key={why} className="border-rule border-b align-top last:border-b-0">
              <td className="py-2 pr-4 whitespace-nowrap">
                <time dateTime={since}>{since}</time>
              </td>
              <td className="py-2 pr-4">
                upvotes {weights.upvotes} ({halfLives.upvotes} h), upvotes here {weights.votes} ({halfLives.votes} h),
                comments {weights.comments} ({halfLives.comments} h), stars {weights.stars} ({halfLives.stars} h),
                further sources {weights.sources}
              </td>
              <td className="py-2 pr-4">{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
