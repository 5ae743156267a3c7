// Asks one index in a process of its own, so that what it holds in memory is the index's and Node's alone.
import { readFileSync } from "node:fs";
import type { Questions } from "./questions.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { openEngine } from "#lib/search/open-engine.ts";
import { parseQuery } from "#lib/search/parse-query.ts";
import type { SearchEngine } from "#lib/search/types.ts";

/** Milliseconds; `work`: the middle processor time, which a busy neighbour changes less. */
export type Timing = { p50: number; p95: number; worst: number; work: number };
export type Asked = { classes: Record<string, Timing>; perSecond: number; residentBefore: number; resident: number };

const askers: Record<string, (engine: SearchEngine, question: string) => Promise<unknown>> = {
  suggestions: (engine, text) => engine.suggest(text, { limit: 10 }),
  similar: (engine, id) => engine.similar(id as PaperId, { limit: 10 }),
};

const [path = "", questionsPath = ""] = process.argv.slice(2);
const questions: Questions = JSON.parse(readFileSync(questionsPath, "utf8"));
const residentBefore = process.memoryUsage.rss();
const engine = openEngine(path, "read");
// Both threads start, and read what they keep in memory.
await Promise.all([1, 2, 3, 4].map(() => ask("one common word", "model")));

const classes: Asked["classes"] = {};
for (const [name, asked] of Object.entries(questions)) {
  for (const question of asked.slice(0, 10)) await ask(name, question);
  const times: number[] = [];
  const works: number[] = [];
  for (const question of asked) {
    const began = performance.now();
    const before = process.cpuUsage();
    await ask(name, question);
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    works.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  works.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  classes[name] = { p50: at(0.5), p95: at(0.95), worst: times.at(-1) ?? 0, work: works[works.length >> 1] ?? 0 };
}

// Four readers at once, each with its own three words.
const began = performance.now();
const lines = questions["three words"] ?? [];
await Promise.all(
  [0, 1, 2, 3].map(async () => {
    for (const line of lines) await ask("three words", line);
  }),
);
const perSecond = (4 * lines.length) / ((performance.now() - began) / 1000);

const resident = process.memoryUsage.rss();
process.stdout.write(JSON.stringify({ classes, perSecond, residentBefore, resident } satisfies Asked));
await engine.close();

function ask(name: string, question: string): Promise<unknown> {
  return askers[name]?.(engine, question) ?? engine.search(parseQuery(question), { limit: 1000 });
}
