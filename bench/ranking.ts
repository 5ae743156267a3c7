// node bench/ranking.ts --help
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { judgePairs } from "./ranking/judge-pairs.ts";
import { judgeReplays } from "./ranking/judge-replays.ts";
import { judgeSockPuppets } from "./ranking/judge-sock-puppets.ts";
import { readClasses, readDays, readPairs } from "./ranking/recorded-days.ts";

const help = `node bench/ranking.ts FOLDER [--classes FOLDER] [--seed N]

How well the ranking foretells what readers will upvote, against newest first, raw votes, Hacker News' and Lobsters'
rules. docs/ranking.md says what the figures can decide and what they cannot.

FOLDER holds recorded answers of Hugging Face's /api/daily_papers: daily_papers/YYYY-MM-DD.json[.gz], and of days that
were recorded twice earlier_captures/ (hours before) and raw/ (after).

  --classes FOLDER  JSON lines { id, categories } of arXiv, to see which class is shown how much
  --seed N          of what is drawn (20260820); the same seed prints the same figures
`;

const { values, positionals } = parseCommand({ help, options: ["classes", "seed"], positionals: true });
const [folder] = positionals;
if (!folder) wrongUsage("Name the folder of recorded days");
const seed = values.seed ?? "20260820";

const days = readDays(folder);
const papers = days.reduce((total, day) => total + day.papers.length, 0);
console.log(`${days.length} recorded days, ${papers} papers, seed ${seed}\n`);
judgePairs(readPairs(folder, days), days, seed);
judgeReplays(days, { seed, classes: readClasses(values.classes) });
judgeSockPuppets(days, seed);
