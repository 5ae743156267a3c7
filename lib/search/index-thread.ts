// The thread in which one index lives: node:sqlite waits for the disk, and the process must not. It imports neither the
// environment nor the database: what it needs is sent to it.
import { parentPort, workerData } from "node:worker_threads";
import { SqliteIndex } from "#lib/search/sqlite-index.ts";
import { BrokenIndexError } from "#lib/search/types.ts";

/** One call of a method of `SqliteIndex`. */
export type ThreadRequest = { call: number; method: ThreadMethod; args: readonly unknown[] };
export type ThreadMethod = Exclude<keyof SqliteIndex, "constructor">;

/** Its outcome. `broken`: the index must be built anew. */
export type ThreadAnswer =
  | { call: number; status: "done"; value: unknown }
  | { call: number; status: "broken" | "failed"; message: string };

let index: SqliteIndex | undefined;

parentPort?.on("message", ({ call, method, args }: ThreadRequest) =>
  parentPort?.postMessage(answer(call, method, args)),
);

function answer(call: number, method: ThreadMethod, args: readonly unknown[]): ThreadAnswer {
  try {
    index ??= new SqliteIndex(workerData.path, workerData.use);
    const run = index[method] as (...args: readonly unknown[]) => unknown;
    return { call, status: "done", value: run.apply(index, [...args]) };
  } catch (error) {
    if (BrokenIndexError.is(error)) return { call, status: "broken", message: error.reason };
    return { call, status: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
