import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { guard } from "#tests/setup/guard.ts";

export type RunningSite = {
  child: ChildProcess;
  /** All that it has printed so far. */
  output: () => string;
  /** Waits for these words; fails, with the output, when it ends before it says them. */
  said: (words: string) => Promise<void>;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
  /** Ends it as Ctrl-C does. */
  end: () => Promise<number | null>;
};

/** The second half of `npm start`, in a process of its own, with these settings on top of the test's environment. */
export function runSite(settings: Record<string, string>): RunningSite {
  const env = { ...process.env, NODE_ENV: "production" as const, TZ: "Asia/Kathmandu", ...settings };
  const child = spawn(process.execPath, ["scripts/serve.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<number | null>((done) => child.on("close", done));
  void ended.then(guard({ pid: child.pid, folder: settings.DATA_DIR }));
  const said = (words: string) =>
    new Promise<void>((done, fail) => {
      const look = () => {
        if (!output.includes(words)) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
      void ended.then(() => fail(new Error(`It ended before it said “${words}”:\n${output}`)));
    });
  const end = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { child, output: () => output, said, ended, end };
}

/** A port of this machine on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(address && typeof address === "object" ? address.port : 0));
    });
  });
}
