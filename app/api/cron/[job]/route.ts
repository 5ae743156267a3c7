import { jobs } from "#lib/jobs.ts";
import { isBearer } from "#lib/platform/bearer.ts";
import { env } from "#lib/platform/env.ts";
import { problem } from "#lib/platform/problem.ts";
import { runJob } from "#lib/platform/worker.ts";

type Context = RouteContext<"/api/cron/[job]">;

/** Runs one row of the timetable for a scheduler outside: `Authorization: Bearer CRON_SECRET`. Two at once are one run. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { job } = await params;
  if (!env.cronSecret)
    return problem(404, "The cron route is off", "Set CRON_SECRET, 32 characters or more, to switch it on.");
  if (!isBearer(request.headers.get("authorization"), env.cronSecret)) {
    return problem(401, "Not allowed", "Send the header Authorization: Bearer with the value of CRON_SECRET.");
  }
  if (!isJob(job)) return problem(404, "No such job", `The jobs are ${Object.keys(jobs).join(", ")}.`);
  const run = await runJob(job, jobs[job]);
  return Response.json({ job, status: run.status }, { headers: { "Cache-Control": "no-store" } });
}

/** For schedulers that can do no other. The one address whose GET changes something; the secret guards it. */
export const GET = POST;

function isJob(name: string): name is keyof typeof jobs {
  return Object.hasOwn(jobs, name);
}
