import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { chownSync, lchownSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** How to run a program that refuses to run as root. */
export type Runner = {
  spawn: (program: string, args: string[], stdio: SpawnOptions["stdio"]) => ChildProcess;
  /** Gives a file or folder, with all in it, to the user that the program runs as. */
  own: (path: string) => void;
};

type User = { uid: number; gid: number };
type Way = { command: string[]; ids: Partial<User>; owner: User };

/**
 * The first way that works here: as we are (not root); as an ordinary user; as that user with the one capability that
 * lets it pass folders closed to it (/root is such a one; setpriv of util-linux); in a user namespace, where root is
 * mapped to that user (unshare). Throws a sentence when none does.
 */
export function runnerFor(program: string, folder: string): Runner {
  if (process.getuid?.() !== 0) return runner({ command: [], ids: {}, owner: { uid: -1, gid: -1 } });
  const user = ordinaryUser();
  const { uid, gid } = user;
  const capability = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const ways: Way[] = [
    { command: [], ids: user, owner: user },
    { command: ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...capability], ids: {}, owner: user },
    { command: ["unshare", "--user", `--map-user=${uid}`, `--map-group=${gid}`], ids: {}, owner: { uid: 0, gid: 0 } },
  ];
  const way = ways.find((candidate) => works(candidate, program, folder));
  if (!way) {
    throw new Error(
      `Postgres does not run as root, and no other user can reach ${folder}. Move the folder out of a private place such as /root, start as another user, or set DATABASE_URL.`,
    );
  }
  return runner(way);
}

function runner({ command, ids, owner }: Way): Runner {
  return {
    spawn: (program, args, stdio) => {
      const [first = program, ...rest] = [...command, program];
      return spawn(first, [...rest, ...args], { ...ids, stdio, detached: true, cwd: "/", env: plainEnvironment() });
    },
    own: (path) => {
      if (owner.uid >= 0 && statSync(path).uid !== owner.uid) giveAll(path, owner);
    },
  };
}

function works({ command, ids }: Way, program: string, folder: string): boolean {
  const run = (args: string[]) => {
    const [first = "", ...rest] = [...command, ...args];
    return spawnSync(first, rest, { ...ids, cwd: "/", stdio: "ignore", env: plainEnvironment() }).status === 0;
  };
  return run([program, "--version"]) && run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]);
}

/** initdb wants a user with a name: postgres where there is one, else nobody. */
function ordinaryUser(): User {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const line = ["postgres:", "nobody:"].map((name) => lines.find((entry) => entry.startsWith(name))).find(Boolean);
  const [, , uid, gid] = (line ?? "nobody:x:65534:65534").split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

function giveAll(path: string, owner: User): void {
  lchownSync(path, owner.uid, owner.gid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path, { recursive: true, encoding: "utf8" }))
    chownSync(join(path, name), owner.uid, owner.gid);
}

/** Nothing of our configuration (secrets among it) goes into the program's environment. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH = "/usr/bin:/bin", SystemRoot, TMPDIR } = process.env;
  return {
    PATH,
    NODE_ENV: "production",
    LC_ALL: "C.UTF-8",
    ...(SystemRoot && { SystemRoot }),
    ...(TMPDIR && { TMPDIR }),
  };
}
