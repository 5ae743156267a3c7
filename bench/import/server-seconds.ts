import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Linux counts a process's time in hundredths of a second. */
const TICKS = 100;

/**
 * Seconds of processor time that a Postgres on this folder has used so far, all its processes together; NaN where there is no
 * /proc. A busy neighbour makes work take longer, but hardly more of this.
 */
export function serverSeconds(dataFolder: string): number {
  try {
    const main = readFileSync(join(dataFolder, "postmaster.pid"), "utf8").split("\n", 1)[0] ?? "";
    const ticks = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => ticksOf(pid, main));
    return ticks.reduce((sum, one) => sum + one, 0) / TICKS;
  } catch {
    return Number.NaN;
  }
}

function ticksOf(pid: string, main: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the name, which may hold blanks: state, parent …; 11 to 14 are its own time and that of the children it has buried.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [user = 0, system = 0, buriedUser = 0, buriedSystem = 0] = fields.slice(11, 15).map(Number);
    if (pid === main) return user + system + buriedUser + buriedSystem;
    return fields[1] === main ? user + system : 0;
  } catch {
    return 0; // it has ended since the list was made
  }
}
