import type { Reason } from "#lib/papers/types.ts";
import type { Evidence, SignalEvent, SignalKind, UsualCounts, Weights } from "#lib/trending/types.ts";

export type Scored = { id: string; score: number; reasons: Reason[] };

type Moment = {
  now: Temporal.Instant;
  weights: Weights;
  usual: UsualCounts;
  /** In hours, where they are not those of `rules`: to replay an older rule or to try another. */
  halfLives?: Partial<Record<SignalKind, number>>;
};

type Rule = { kind: SignalKind; halfLifeHours: number; cap: number };

/**
 * The rule, one line a signal. What came in one half-life ago counts half. Stars are capped: a known repository must not
 * print its every paper first.
 */
export const rules: Record<SignalKind, Rule> = {
  upvotes: { kind: "upvotes", halfLifeHours: 36, cap: Number.POSITIVE_INFINITY },
  votes: { kind: "votes", halfLifeHours: 36, cap: Number.POSITIVE_INFINITY },
  comments: { kind: "comments", halfLifeHours: 36, cap: Number.POSITIVE_INFINITY },
  stars: { kind: "stars", halfLifeHours: 72, cap: 2000 },
};

/**
 * Best first. Score = Σ weight · log2(1 + decayed count / usual count), plus a weight for each source beyond the first
 * that lists the paper. Pure: the same evidence, `now`, usual counts and `seed` give the same order. Ties are broken by a
 * hash of `seed` (the day) and id, so that no name and no number is favoured for ever.
 */
export function scorePapers(evidence: readonly Evidence[], options: Moment & { seed: string }): Scored[] {
  return evidence
    .map((one) => scoreOne(one, options))
    .map((scored) => ({ scored, tie: tieBreak(options.seed, scored.id) }))
    .sort((a, b) => b.scored.score - a.scored.score || a.tie - b.tie || (a.scored.id < b.scored.id ? -1 : 1))
    .map(({ scored }) => scored);
}

function scoreOne(evidence: Evidence, moment: Moment): Scored {
  const votes = evidence.votes.map((at) => ({ count: 1, at }));
  const reasons = [
    ...(["upvotes", "comments", "stars"] as const).map((kind) =>
      reasonOf(rules[kind], increments(evidence.signals, kind), moment),
    ),
    reasonOf(rules.votes, votes, moment),
    sourcesReason(evidence.sources, moment.weights.sources),
  ].filter((reason) => reason !== null);
  return { id: evidence.id, score: sum(reasons.map(({ points }) => points)), reasons };
}

type Increment = { count: number; at: Temporal.Instant };

/** Totals of each source, in order of time, as what each added. A total that fell adds nothing. */
function increments(signals: readonly SignalEvent[], kind: SignalEvent["kind"]): Increment[] {
  const highest = new Map<string, number>();
  return signals
    .filter((signal) => signal.kind === kind)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    .flatMap(({ source, value, at }) => {
      // Stars that a repository had before we first saw it say nothing of this paper now.
      const before = highest.get(source) ?? (kind === "stars" ? value : 0);
      highest.set(source, Math.max(before, value));
      return value > before ? [{ count: value - before, at }] : [];
    });
}

function reasonOf(rule: Rule, all: Increment[], { now, weights, usual, halfLives }: Moment): Reason | null {
  const halfLife = halfLives?.[rule.kind] ?? rule.halfLifeHours;
  const known = all.filter(({ at }) => Temporal.Instant.compare(at, now) <= 0);
  const count = sum(known.map((increment) => increment.count));
  const decayed = known.reduce(
    (total, { count: added, at }) => total + added * 0.5 ** (now.since(at).total("hours") / halfLife),
    0,
  );
  const level = usual[rule.kind].count;
  const points = round(weights[rule.kind] * Math.log2(1 + Math.min(decayed, rule.cap) / level));
  if (points === 0) return null;
  const first = known.reduce((oldest, { at }) => (Temporal.Instant.compare(at, oldest) < 0 ? at : oldest), now);
  const hours = Math.max(1, Math.ceil(now.since(first).total("hours")));
  return { kind: rule.kind, count, hours, points, usual: level };
}

function sourcesReason(sources: readonly string[], weight: number): Reason | null {
  const points = round(weight * Math.max(0, sources.length - 1));
  return points === 0 ? null : { kind: "sources", count: sources.length, hours: 0, points, names: [...sources] };
}

/** Points have two decimals before they are summed: what is printed is what is summed. */
function round(points: number): number {
  return Math.round(points * 100) / 100;
}

function sum(numbers: readonly number[]): number {
  return round(numbers.reduce((total, number) => total + number, 0));
}

/** FNV-1a, 32 bits: a fixed, well-mixed number for a day and an id. */
function tieBreak(seed: string, id: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed} ${id}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
