/**
 * Normalised discounted cumulative gain of the first `depth`: 1 when those that gained most stand first, in their order.
 * The gain is linear, the discount log2(1 + place). Null when nothing gained: then there is no right order.
 */
export function ndcg(order: readonly string[], gains: ReadonlyMap<string, number>, depth: number): number | null {
  const best = [...gains.values()].sort((a, b) => b - a);
  const ideal = discounted(best.slice(0, depth));
  if (ideal === 0) return null;
  return discounted(order.slice(0, depth).map((id) => gains.get(id) ?? 0)) / ideal;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((total, gain, index) => total + gain / Math.log2(index + 2), 0);
}

/**
 * Kendall's τ-b of an order without ties and numbers that may have them: 1 when every pair of different numbers stands
 * the larger first, -1 when every one stands the other way. Null when all numbers are equal.
 */
export function kendall(order: readonly string[], numbers: ReadonlyMap<string, number>): number | null {
  const values = order.map((id) => numbers.get(id) ?? 0);
  let agreeing = 0;
  let different = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) {
      const [first = 0, second = 0] = [values[i], values[j]];
      agreeing += Math.sign(first - second);
      different += first === second ? 0 : 1;
    }
  }
  const pairs = (values.length * (values.length - 1)) / 2;
  return different === 0 ? null : agreeing / Math.sqrt(pairs * different);
}

/** Kendall's τ of two orders, over what stands in both. Null when that is fewer than two. */
export function agreement(before: readonly string[], after: readonly string[]): number | null {
  const places = new Map(after.map((id, index) => [id, -index]));
  return kendall(
    before.filter((id) => places.has(id)),
    places,
  );
}

/**
 * What share of the readers' attention each group gets (discounted by place) divided by its share of the papers: 1 is
 * in proportion. Ids without a group are left out.
 */
export function exposure(
  orders: readonly (readonly string[])[],
  groupOf: (id: string) => string | null,
): Map<string, { papers: number; ratio: number }> {
  const totals = new Map<string, { papers: number; attention: number }>();
  for (const [index, id] of orders.flatMap((order) => [...order.entries()])) {
    const group = groupOf(id);
    if (group === null) continue;
    const { papers, attention } = totals.get(group) ?? { papers: 0, attention: 0 };
    totals.set(group, { papers: papers + 1, attention: attention + 1 / Math.log2(index + 2) });
  }
  const all = [...totals.values()];
  const papers = all.reduce((total, one) => total + one.papers, 0);
  const attention = all.reduce((total, one) => total + one.attention, 0);
  return new Map(
    [...totals].map(([group, one]) => [
      group,
      { papers: one.papers, ratio: one.attention / attention / (one.papers / papers) },
    ]),
  );
}

/** Mean and twice its standard error: two means further apart than that are hardly the same by luck. */
export function meanOf(numbers: readonly number[]): { mean: number; error: number } {
  const mean = numbers.reduce((total, number) => total + number, 0) / numbers.length;
  const squares = numbers.reduce((total, number) => total + (number - mean) ** 2, 0);
  return { mean, error: 2 * Math.sqrt(squares / (numbers.length - 1) / numbers.length) };
}

/** The number at `share` (0.5: the median) of the sorted numbers. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
