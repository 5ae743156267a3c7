// node bench/lighthouse.ts --help
import lighthouse, { type Result } from "lighthouse";
import { chromium } from "playwright-core";
import { findChromium } from "#tests/setup/find-chromium.ts";
import { median } from "./median.ts";
import { parseCommand } from "#scripts/parse-command.ts";
import { sampleEdition, withSite } from "#scripts/sample-site.ts";

const help = `node bench/lighthouse.ts [--url http://localhost:3000] [--rounds 3] [PATH…]

Lighthouse's four scores of an edition, a paper's page and a search, with its settings for a mobile phone on a slow
network. Each is the median of the rounds; what keeps an audit from its full score is named. Without --url it starts a
site of its own on the bundled sample; without PATH it takes that sample's pages.

Goals: 100 for accessibility, best practices and SEO, 98 for performance. A site on loopback is a trustworthy origin, so
nothing is lost for want of https. Exit codes: 0 all goals met, 1 not.
`;

const samplePaths = [sampleEdition, "/papers/2608.12313", "/papers?q=agents"];
const goals = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 } as const;
const port = 9333;

type Category = keyof typeof goals;

const { values, positionals } = parseCommand({ help, options: ["url", "rounds"], positionals: true });
const rounds = Number(values.rounds ?? 3);

process.exitCode = await withSite(values.url, async (url) => {
  const found = await findChromium();
  const browser = await chromium.launch({ ...found, args: [...found.args, `--remote-debugging-port=${port}`] });
  try {
    let missed = 0;
    for (const path of positionals.length > 0 ? positionals : samplePaths) missed += await audit(`${url}${path}`, path);
    return missed > 0 ? 1 : 0;
  } finally {
    await browser.close();
  }
});

/** Prints a page's scores; gives how many goals it misses. */
async function audit(address: string, path: string): Promise<number> {
  const results: Result[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = await lighthouse(address, { port, output: "json", logLevel: "error" });
    if (run) results.push(run.lhr);
  }
  const scores = (Object.keys(goals) as Category[]).map((name) => ({ name, score: medianScore(results, name) }));
  console.log(`${path}: ${scores.map(({ name, score }) => `${name} ${score}`).join(", ")} (median of ${rounds})`);
  for (const audit of [
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
  ])
    console.log(`  ${audit}: ${results.map(({ audits }) => audits[audit]?.displayValue ?? "?").join(", ")}`);
  const speeds = results.map(({ environment }) => Math.round(environment.benchmarkIndex ?? 0));
  console.log(`  speed of this machine by Lighthouse's own measure: ${speeds.join(", ")}`);
  for (const lost of lostPoints(results)) console.log(`  ${lost}`);
  return scores.filter(({ name, score }) => score < goals[name]).length;
}

function medianScore(results: readonly Result[], name: Category): number {
  return median(results.map(({ categories }) => Math.round((categories[name]?.score ?? 0) * 100)));
}

/** Audits that weigh something and were not passed in the last round. */
function lostPoints(results: readonly Result[]): string[] {
  const last = results.at(-1);
  if (!last) return ["Lighthouse gave no result."];
  return Object.values(last.categories).flatMap(({ id, auditRefs }) =>
    auditRefs.flatMap(({ id: name, weight }) => {
      const audit = last.audits[name];
      const isLost = weight > 0 && audit && audit.score !== null && audit.score < 0.9;
      return isLost ? [`${id} lost at ${name}: ${audit.title} ${audit.displayValue ?? ""}`] : [];
    }),
  );
}
