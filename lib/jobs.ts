import { writeSignIn } from "#lib/accounts/send-sign-in.ts";
import { raiseAlarms } from "#lib/digest/invariants/commands.ts";
import { sendDueDigests } from "#lib/digest/send-digest.ts";
import { closeEditions } from "#lib/editions/commands.ts";
import { sendDueLetters } from "#lib/letters/send-letters.ts";
import { checkDomainDaily } from "#lib/mailing/dns/commands.ts";
import { typesetPapers } from "#lib/papers/typesetting/commands.ts";
import type { Job } from "#lib/platform/worker.ts";
import { forgetAll } from "#lib/retention.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { gatherPapers } from "#lib/sources/commands.ts";
import { findLastGather } from "#lib/sources/queries.ts";
import { writeConfirmation } from "#lib/subscribers/send-confirmation.ts";

/**
 * The one timetable, in UTC. The names are those of `/api/cron/[job]`. Every job is a sweep over rows: it may run twice,
 * on several machines at once, and be killed anywhere.
 */
export const jobs = {
  gather: { cron: "*/10 * * * *", run: ({ now }) => gatherPapers({ now }) },
  close: { cron: "* * * * *", run: async ({ now }) => closeEditions({ now, gatheredAt: await findLastGather() }) },
  digest: { cron: "*/5 * * * * *", run: ({ now }) => sendDueDigests({ now, limit: 2000 }) },
  letters: {
    cron: "*/2 * * * * *",
    run: ({ now }) =>
      sendDueLetters({
        now,
        limit: 50,
        writers: { "sign-in": writeSignIn, "confirm-subscription": writeConfirmation },
      }),
  },
  tidy: {
    cron: "17 * * * *",
    run: ({ now }) => forgetAll({ now }),
  },
  "mail-check": { cron: "41 * * * *", run: ({ now }) => checkDomainDaily({ now }) },
  alarms: { cron: "*/10 * * * *", run: ({ now }) => raiseAlarms({ now }) },
  typeset: { cron: "*/3 * * * * *", run: () => typesetPapers() },
  index: { cron: "*/3 * * * * *", run: () => updateSearchIndex() },
} satisfies Record<string, Job>;
