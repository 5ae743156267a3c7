// npm run pictures: takes the pictures of tests/pictures anew, with which the browser tests compare.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseCommand } from "#scripts/parse-command.ts";

const help = `Usage: npm run pictures

Takes the pictures in tests/pictures anew, after a change of looks that is meant. Look at them before you commit them.
They want the fonts that the tests are run with elsewhere (Debian: fonts-urw-base35, fonts-stix).
`;

parseCommand({ help });
const vitest = join("node_modules", "vitest", "vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    "run",
    "--project",
    "e2e",
    "tests/e2e/pictures.test.ts",
    "tests/e2e/mail-pictures.test.ts",
    "--reporter=default",
  ],
  { stdio: "inherit", env: { ...process.env, RECORD_PICTURES: "1" } },
);
process.exit(status ?? 1);
