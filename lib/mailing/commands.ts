import { currentPlace, findMailHome } from "#lib/mailing/queries.ts";
import { toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";

let warned = false;

/**
 * Whether mail may leave from here. The first process that has a mail server makes its place the database's home; a copy at
 * another place (a restored backup, a staging machine) holds its mail until its operator says otherwise. Without a mail
 * server nothing leaves, and nothing is held.
 */
export async function mayMail({ now }: { now: Temporal.Instant }): Promise<boolean> {
  if (!env.smtpUrl) return true;
  const home = await findMailHome();
  if (home === "here") return true;
  if (home === "unclaimed") {
    await db.mailHome.createMany({
      data: [{ id: 1, place: await currentPlace(), since: toDbTime(now) }],
      skipDuplicates: true,
    });
    return (await findMailHome()) === "here";
  }
  // Once for each process: a sweep comes every few seconds.
  if (!warned) log.warn("mail-held", { todo: "npm run mail -- allow" });
  warned = true;
  return false;
}

/**
 * Makes this the place from which mail goes. Mail that was under way in the copy is not sent: the original may have done so since.
 * Gives how many such mails were given up.
 */
export async function allowMail({ now }: { now: Temporal.Instant }): Promise<{ givenUp: number }> {
  const place = await currentPlace();
  const since = toDbTime(now);
  return db.$transaction(async (tx) => {
    await tx.mailHome.upsert({
      where: { id: 1 },
      create: { id: 1, place, sendsFrom: since, since },
      update: { place, sendsFrom: since, since },
    });
    // Raw SQL because the database compares a mail's own times. What is past its time is closed by the next sweep.
    const letters = await tx.$executeRaw`
      UPDATE letter_requests SET expires_at = ${toSqlTime(now)}::timestamptz
      WHERE state IN ('pending', 'sending') AND expires_at > ${toSqlTime(now)}::timestamptz`;
    const deliveries = await tx.$executeRaw`
      UPDATE deliveries SET expires_at = ${toSqlTime(now)}::timestamptz
      WHERE state IN ('pending', 'sending') AND expires_at > ${toSqlTime(now)}::timestamptz`;
    return { givenUp: letters + deliveries };
  });
}
