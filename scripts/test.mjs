// npm test: the whole gate from a bare clone. Plain Node 20; the rest runs under the pinned Node.
import { spawnSync } from "node:child_process";
import { environment, pinnedNode, prepare, root } from "./prepare.mjs";

prepare((line) => process.stdout.write(`${line}\n`));
const run = spawnSync(pinnedNode, ["scripts/validate.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
  shell: process.platform === "win32",
});
process.exit(run.status ?? 1);
