import type { SignalKind, UsualCounts, Weights } from "#lib/trending/types.ts";

type Rule = { kind: SignalKind; halfLifeHours: number; cap: number };
type Props = { rules: readonly Rule[]; weights: Weights; usual: UsualCounts };

const names: Record<SignalKind, string> = {
  upvotes: "Upvotes on the sources",
  votes: "Upvotes by readers here",
  comments: "Comments on the sources",
  stars: "New stars for its code",
};

const origins = {
  site: "set by this site",
  measured: "measured",
  first: "assumed: too little printed to measure",
};

/** The rule in force, as a table. */
export function RankingRule({ rules, weights, usual }: Props) {
  return (
    <div className="overflow-x-auto">
      <table className="border-ink w-full border-y font-sans text-base">
        <thead>
          <tr className="border-rule border-b text-left text-sm">
            <th className="py-2 pr-4 font-medium">Signal</th>
            <th className="py-2 pr-4 font-medium">Weight</th>
            <th className="py-2 pr-4 font-medium">Usual count</th>
            <th className="py-2 pr-4 font-medium">Half-life</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ kind, halfLifeHours, cap }) => (
            <tr key={kind} className="border-rule border-b last:border-b-0">
              <td className="py-2 pr-4">
                {names[kind]}
                {Number.isFinite(cap) && ` (at most ${cap.toLocaleString("en")})`}
              </td>
              <td className="py-2 pr-4">{weights[kind]}</td>
              <td className="py-2 pr-4">
                {usual[kind].count} <span className="text-muted text-sm">({origins[usual[kind].from]})</span>
              </td>
              <td className="py-2 pr-4">{halfLifeHours} h</td>
            </tr>
          ))}
          <tr>
            <td className="py-2 pr-4">Each further source that lists it</td>
            <td className="py-2 pr-4">{weights.sources}</td>
            <td className="py-2 pr-4">–</td>
            <td className="py-2 pr-4">–</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
