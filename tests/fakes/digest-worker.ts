// A process that sends digests until it is killed, for the crash tests. Its day passes sixty times as fast as ours, so
// that what is tried again in a minute is tried again in a second.
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { sendDueDigests } from "#lib/digest/send-digest.ts";

const [start = ""] = process.argv.slice(2);
// Loaded and waiting: who takes over from a killed one should not have to begin by reading its modules.
await once(process.stdin, "data");
const began = performance.now();

for (;;) {
  const seconds = Math.round(((performance.now() - began) / 1000) * 60);
  const now = Temporal.Instant.from(start).add({ seconds });
  // As in the real worker, a sweep that fails is one that comes again.
  await sendDueDigests({ now, limit: 200, patience: { lease: 1, silence: 3 } }).catch(() => undefined);
  await wait(50);
}
