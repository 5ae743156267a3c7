import pg from "pg";
import { env } from "#lib/platform/env.ts";

export type Locked<T> = { status: "done"; value: T } | { status: "busy" };

// One connection for all locks of this process. A session may take its own lock twice, so what we hold is kept here too.
let session: Promise<pg.Client> | undefined;
const held = new Set<string>();
// One query at a time on that connection: jobs that begin at the same second ask one after the other.
let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` if nobody else, in any process, holds the lock `name`; else answers `busy` at once.
 * It is a session's lock (pg_try_advisory_lock): it ends with the process, however that ends.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<Locked<T>> {
  if (held.has(name)) return { status: "busy" };
  held.add(name);
  try {
    const client = await openSession();
    const key = `broadsheet:${name}`;
    const mine = await inTurn(() =>
      client.query("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine", [key]),
    );
    if (!mine.rows[0].mine) return { status: "busy" };
    try {
      return { status: "done", value: await work() };
    } finally {
      // A connection that broke has given the lock back already.
      const unlock = () => client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [key]);
      await inTurn(unlock).catch(() => undefined);
    }
  } finally {
    held.delete(name);
  }
}

function inTurn<T>(query: () => Promise<T>): Promise<T> {
  const turn = queue.then(query);
  queue = turn.catch(() => undefined);
  return turn;
}

function openSession(): Promise<pg.Client> {
  if (session) return session;
  // The broken one says so twice, by `error` and then by `end`: the second time there may be a new one, which stays.
  const forget = () => {
    if (session === opening) session = undefined;
  };
  const opening = connect(forget).catch((error) => {
    forget();
    throw error;
  });
  session = opening;
  return opening;
}

async function connect(forget: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: env.databaseUrl, connectionTimeoutMillis: 5000 });
  client.on("error", forget); // the query that meets the broken connection reports it
  client.on("end", forget);
  await client.connect();
  // A machine that vanishes without a word must not hold its locks for the two hours that TCP waits by default.
  await client.query("SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3");
  return client;
}
