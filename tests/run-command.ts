import { execFile } from "node:child_process";

export type Ended = { code: number; stdout: string; stderr: string };

/** Runs a script as a person does, to its end, in an environment changed by `environment`. Those with templates need tsx. */
export function runScript(path: string, args: string[] = [], environment: Record<string, string> = {}): Promise<Ended> {
  return new Promise((done) => {
    const env = { ...process.env, ...environment };
    execFile(process.execPath, ["--import", "tsx", path, ...args], { env }, (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
