import { receiveReport } from "#lib/digest/bounces/commands.ts";
import { isBearer } from "#lib/platform/bearer.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { problem } from "#lib/platform/problem.ts";

/** Longer reports are not read: a mail server returns a mail's headers, or the mail, which is far shorter. */
const mostBytes = 1_000_000;

/**
 * A mail that came back, handed over by a mail server: the message as it is (message/rfc822), `Authorization: Bearer CRON_SECRET`,
 * and, if the server knows it, `?to=` the address that it came to. Whatever it says, the answer is the same.
 */
export async function POST(request: Request): Promise<Response> {
  if (!env.cronSecret)
    return problem(404, "This door is closed", "Set CRON_SECRET, 32 characters or more, to open it.");
  if (!isBearer(request.headers.get("authorization"), env.cronSecret)) {
    return problem(401, "Not allowed", "Send the header Authorization: Bearer with the value of CRON_SECRET.");
  }
  const raw = Buffer.from(await request.arrayBuffer());
  if (raw.length > mostBytes) return problem(413, "Too long", `Send the first ${mostBytes} bytes of the message.`);
  await receiveReport(raw, { to: new URL(request.url).searchParams.get("to") ?? undefined, now: now() });
  return Response.json({ status: "read" }, { headers: { "Cache-Control": "no-store" } });
}
