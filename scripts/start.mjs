// npm start: everything from a bare clone to a running site. Plain Node 20; the rest runs under the pinned Node.
import { spawn } from "node:child_process";
import { environment, pinnedNode, prepare, root } from "./prepare.mjs";

prepare((line) => process.stdout.write(`${line}\n`));

const child = spawn(pinnedNode, ["scripts/serve.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment({ NODE_ENV: "production" }),
  shell: process.platform === "win32",
});
// Ctrl-C reaches the child by itself; a signal to this process alone is handed on. The child ends first, with its code.
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
process.on("SIGINT", () => undefined);
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 1)));
