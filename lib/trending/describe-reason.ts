import type { Reason } from "#lib/papers/types.ts";

const sourceNames: Record<string, string> = {
  arxiv: "arXiv",
  huggingface: "Hugging Face",
  sample: "the bundled sample",
};

/** A reason as one reads it beside a paper: "42 upvotes in 18 h: 3.2". The printed points sum to the printed score. */
export function describeReason(reason: Reason): string {
  return `${describeEvidence(reason)}: ${formatPoints(reason.points)}`;
}

/** The same without its points, where nobody adds them up: "42 upvotes in 18 h". */
export function describeEvidence(reason: Reason): string {
  return `${describeCount(reason)}${describeHours(reason.hours)}`;
}

/** Points with as many decimals as they have, at most two. */
export function formatPoints(points: number): string {
  return points.toLocaleString("en", { maximumFractionDigits: 2, minimumFractionDigits: 1 });
}

function describeCount({ kind, count, names }: Reason): string {
  const number = count.toLocaleString("en");
  const many = count === 1 ? "" : "s";
  const words = {
    upvotes: `${number} upvote${many}`,
    votes: `${number} upvote${many} here`,
    comments: `${number} comment${many}`,
    stars: `${number} new star${many}`,
    sources: names ? `on ${listOf(names.map((name) => sourceNames[name] ?? name))}` : `listed by ${number} sources`,
  } satisfies Record<Reason["kind"], string>;
  return words[kind];
}

function listOf(names: string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

function describeHours(hours: number): string {
  if (hours === 0) return "";
  return hours < 48 ? ` in ${hours} h` : ` in ${Math.round(hours / 24)} days`;
}
