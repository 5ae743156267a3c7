// A process that sends digests until it is killed, for the crash tests. Its day passes six hundred times as fast as ours,
// so that what is tried again in an hour is tried again in six seconds: arguments are the mail hour, and when it was ours.
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { sendDueDigests } from "#lib/digest/send-digest.ts";

const [mailHour = "", beganAt = ""] = process.argv.slice(2);
// Loaded and waiting: who takes over from a killed one should not have to begin by reading its modules.
await once(process.stdin, "data");

for (;;) {
  const seconds = Math.round(((Date.now() - Number(beganAt)) / 1000) * 600);
  const now = Temporal.Instant.from(mailHour).add({ seconds });
  // As in the real worker, a sweep that fails is one that comes again.
  await sendDueDigests({ now, limit: 200, patience: { lease: 1, silence: 3 } }).catch(() => undefined);
  await wait(50);
}
