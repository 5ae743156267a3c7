import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Takes no new connections, answers what has been asked, and cuts what is not done after `limitMs`. */
export async function closeServer(server: Server, limitMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection that was busy stays open for the next request unless told otherwise: end each as it falls idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const giveUp = new AbortController();
  const late = sleep(limitMs, "late", { signal: giveUp.signal }).catch(() => "closed");
  const outcome = await Promise.race([closed, late]);
  giveUp.abort();
  clearInterval(sweep);
  if (outcome === "late") server.closeAllConnections();
}

/** Runs `close` on the first SIGTERM or SIGINT, then ends the process: with 0, or 1 when it took longer than 10 seconds. */
export function closeOnSignal(close: () => Promise<void>): void {
  let isClosing = false;
  const end = () => {
    if (isClosing) process.exit(1); // asked a second time: at once
    isClosing = true;
    setTimeout(() => process.exit(1), 10_000).unref();
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}
