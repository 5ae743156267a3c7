import { Worker } from "node:worker_threads";
import type { ThreadAnswer, ThreadMethod, ThreadRequest } from "#lib/search/index-thread.ts";
import { BrokenIndexError, type SearchEngine } from "#lib/search/types.ts";

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

// No search takes this long on a machine that works; a bulk load's compaction may. Calls wait for those before them, so
// the time runs from one answer to the next.
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
    suggest: (text, options) => call("suggest", text, options),
    correct: (words) => call("correct", words),
    similar: (id, options) => call("similar", id, options),
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
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, readOnly: boolean) {
    this.#path = path;
    this.#readOnly = readOnly;
  }

  call(method: ThreadMethod, args: readonly unknown[]): Promise<unknown> {
    this.#worker ??= this.#start();
    this.#worker.ref();
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#worker?.postMessage({ call, method, args } satisfies ThreadRequest);
      if (this.#waiting.size === 1) this.#watch();
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
    // Written so that Turbopack sees it and bundles the thread; plain Node runs the source file.
    const worker = new Worker(new URL("./index-thread.ts", import.meta.url), {
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

  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0) return;
    this.#timer = setTimeout(
      () => {
        void this.#worker?.terminate();
        this.#end(
          new Error("The search index did not answer in time. Its thread was ended; the next search starts another."),
        );
      },
      this.#readOnly ? longestSearchMs : longestWriteMs,
    );
  }

  #settle(answer: ThreadAnswer): void {
    const waiting = this.#waiting.get(answer.call);
    if (!waiting) return;
    this.#waiting.delete(answer.call);
    this.#watch();
    // Busy threads keep a script alive until they have answered, idle ones do not.
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (answer.status === "done") waiting.resolve(answer.value);
    else waiting.reject(answer.status === "broken" ? new BrokenIndexError(answer.message) : new Error(answer.message));
  }

  #end(error: Error, worker = this.#worker): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
