import { Worker } from "node:worker_threads";
import type { OpenMode } from "#lib/search/engine/index-file.ts";
import type { ThreadAnswer, ThreadMethod, ThreadRequest } from "#lib/search/index-thread.ts";
import { BrokenIndexError, type SearchEngine } from "#lib/search/types.ts";

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

// No search takes this long on a machine that works; a bulk load's compaction may. Calls wait for those before them, so
// the time runs from one answer to the next.
const longestSearchMs = 10_000;
const longestWriteMs = 600_000;

// Two searches at a time; a third waits some milliseconds. The second thread starts when the first is busy.
const readers = 2;

/**
 * The engine over the SQLite file at `path`, in threads of its own: two that read, or the one that writes. They do not keep
 * the process alive and start again at the next call if they ended. A file that is not there is made, unless it is to be read.
 */
export function openEngine(path: string, use: OpenMode): SearchEngine {
  const threads = Array.from({ length: use === "read" ? readers : 1 }, () => new IndexThread(path, use));
  const call = <T>(method: ThreadMethod, ...args: unknown[]) => leastBusy(threads).call(method, args) as Promise<T>;
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
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

function leastBusy(threads: readonly IndexThread[]): IndexThread {
  const [first, ...others] = threads;
  if (!first) throw new Error("An engine has one thread at least.");
  return others.reduce((least, thread) => (thread.waiting < least.waiting ? thread : least), first);
}

class IndexThread {
  readonly #path: string;
  readonly #use: OpenMode;
  #worker: Worker | null = null;
  #calls = 0;
  readonly #waiting = new Map<number, Waiting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, use: OpenMode) {
    this.#path = path;
    this.#use = use;
  }

  /** Calls that have no answer yet. */
  get waiting(): number {
    return this.#waiting.size;
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
      // Readers make little that outlives a search; Node's usual room for new things, three times 16 MB each, would stay empty.
      resourceLimits: this.#use === "read" ? { maxYoungGenerationSizeMb: 12 } : {},
      workerData: { path: this.#path, use: this.#use },
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
      this.#use === "read" ? longestSearchMs : longestWriteMs,
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
