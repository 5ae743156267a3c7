import type { Run } from "./judge.ts";
import type { Half, JudgedQuery } from "./judged-set.ts";
import { mean, randomisationTest, type Score } from "./metrics.ts";

const widest = 22;

type Part = { half: Half; title: string };

/** For each half: nDCG@10 by kind, then all kinds with the other measures, and how likely chance made the difference to the first run. */
export function printTables(runs: readonly Run[], queries: readonly JudgedQuery[]): void {
  const halves = (["tuning", "held-out"] as const).filter((half) => queries.some((query) => query.half === half));
  for (const half of halves) {
    const title = halves.length > 1 ? `${half} half` : "all queries";
    printKinds(runs, queries, { half, title });
    printAll(runs, queries, { half, title });
  }
}

function printKinds(runs: readonly Run[], queries: readonly JudgedQuery[], { half, title }: Part): void {
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  const numbers = kinds.map((kind) => queries.filter((query) => query.half === half && query.kind === kind).length);
  console.log(`\n${title.toUpperCase()}, nDCG@10`);
  console.log(row("", kinds));
  console.log(row("queries", numbers.map(String)));
  for (const { name, scores } of runs) {
    const cells = kinds.map((kind) => figure(mean(pick(scores, queries, half, kind).map(({ ndcg }) => ndcg))));
    console.log(row(name, cells));
  }
}

function printAll(runs: readonly Run[], queries: readonly JudgedQuery[], { half, title }: Part): void {
  console.log(row(title, ["nDCG@10", "by kind", "Recall@100", "MRR@10", "p", "median ms"]));
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  const ours = pick(runs[0]?.scores ?? [], queries, half).map(({ ndcg }) => ndcg);
  for (const [place, { name, scores, medianMs }] of runs.entries()) {
    const picked = pick(scores, queries, half);
    const gains = picked.map(({ ndcg }) => ndcg);
    const byKind = kinds
      .map((kind) => pick(scores, queries, half, kind).map(({ ndcg }) => ndcg))
      .filter((one) => one.length > 0);
    const cells = [
      figure(mean(gains)),
      figure(mean(byKind.map(mean))),
      figure(mean(picked.map(({ recall }) => recall))),
      figure(mean(picked.map(({ mrr }) => mrr))),
      place === 0 ? "" : chance(randomisationTest(ours, gains, 20_261_125)),
      medianMs.toFixed(1),
    ];
    console.log(row(name, cells));
  }
}

function pick(scores: readonly Score[], queries: readonly JudgedQuery[], half: Half, kind?: string): Score[] {
  return scores.filter((_, place) => {
    const query = queries[place];
    return query?.half === half && (kind === undefined || query.kind === kind);
  });
}

function figure(number: number): string {
  return Number.isNaN(number) ? "" : number.toFixed(3).replace(/^0/, "");
}

function chance(p: number): string {
  return p < 0.001 ? "< .001" : figure(p);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(widest) + cells.map((cell) => cell.padStart(11)).join("");
}
