import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ThreadAnswer, ThreadMethod, ThreadRequest } from "#lib/search/index-thread.ts";
import { BrokenIndexError, type SearchEngine } from "#lib/search/types.ts";

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };

// No search takes this long on a machine that works; a bulk load's compaction may.
const longestSearchMs = 10_000;
const longestWriteMs = 600_000;

/**
 * The engine over the SQLite file at `path`, in a thread of its own. The thread does not keep the process alive and
 * starts again at the next call if it ended. A file that is not there is made, unless `readOnly`.
 */
export function openEngine(path: string, { readOnly }: { readOnly: boolean }): SearchEngine {
  const thread = new IndexThread(path, readOnly);
  const call = <T>(method: ThreadMethod, ...args: unknown[]) => thread.call(method, args) as Promise<T>;
  return {
    search: (query, options) => call("search", query, options),
    index: (papers) => call("index", papers),
    remove: (ids) => call("remove", ids),
    count: () => call("count"),
    findStale: (papers) => call("findStale", papers),
    list: (options) => call("list", options),
    readProgress: () => call("readProgress"),
    writeProgress: (progress) => call("writeProgress", progress),
    compact: () => call("compact"),
    close: () => thread.close(),
  };
}

class IndexThread {
  readonly #path: string;
  readonly #readOnly: boolean;
  #worker: Worker | null = null;
  #calls = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(path: string, readOnly: boolean) {
    this.#path = path;
    this.#readOnly = readOnly;
  }

  call(method: ThreadMethod, args: readonly unknown[]): Promise<unknown> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#end(new Error(`The search index did not answer "${method}" in time.`));
        void worker.terminate();
      };
      const timer = setTimeout(giveUp, this.#readOnly ? longestSearchMs : longestWriteMs);
      this.#waiting.set(call, { resolve, reject, timer });
      worker.ref();
      worker.postMessage({ call, method, args } satisfies ThreadRequest);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    // Closed by SQLite itself if it can be: the last one to close a file folds its log into it.
    await this.call("close", []).catch(() => undefined);
    this.#worker = null;
    await worker.terminate();
  }

  #start(): Worker {
    // The path is that of the source file, not of a bundle: Node runs it as it is. Scripts and the server start at the project's root.
    const file = join(process.cwd(), "lib", "search", "index-thread.ts");
    const worker = new Worker(/* turbopackIgnore: true */ file, {
      name: "search-index",
      execArgv: [],
      workerData: { path: this.#path, readOnly: this.#readOnly },
    });
    worker.on("message", (answer: ThreadAnswer) => this.#settle(answer));
    worker.on("error", (error) => this.#end(error instanceof Error ? error : new Error(String(error)), worker));
    worker.on("exit", () => this.#end(new Error("The search index's thread ended."), worker));
    worker.unref();
    return worker;
  }

  #settle(answer: ThreadAnswer): void {
    const waiting = this.#waiting.get(answer.call);
    if (!waiting) return;
    this.#waiting.delete(answer.call);
    clearTimeout(waiting.timer);
    // Busy threads keep a script alive until they have answered, idle ones do not.
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (answer.status === "done") waiting.resolve(answer.value);
    else waiting.reject(answer.status === "broken" ? new BrokenIndexError(answer.message) : new Error(answer.message));
  }

  #end(error: Error, worker = this.#worker): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}
