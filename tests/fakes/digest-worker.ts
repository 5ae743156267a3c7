// A process that sends digests until it is killed, for the crash tests. Its day passes many times as fast as ours (600: what is
// tried again in an hour is tried again in six seconds). Arguments: the mail hour, when it was ours, and how many times.
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { sendDueDigests } from "#lib/digest/send-digest.ts";

const [mailHour = "", beganAt = "", speed = ""] = process.argv.slice(2);
// Loaded and waiting: who takes over from a killed one should not have to begin by reading its modules.
await once(process.stdin, "data");

for (;;) {
  const seconds = Math.round(((Date.now() - Number(beganAt)) / 1000) * Number(speed));
  const now = Temporal.Instant.from(mailHour).add({ seconds });
  // As in the real worker, a sweep that fails is one that comes again.
  await sendDueDigests({ now, limit: 200, patience: { lease: 1, silence: 3, slow: 0.2 } }).catch(() => undefined);
  await wait(50);
}
