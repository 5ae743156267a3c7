import { fromDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";

/** Where this process and its database stand: which server, which database, which site. */
export async function currentPlace(): Promise<string> {
  // Raw SQL because Prisma knows no system identifier. A dump that was loaded elsewhere, or under another name, has another one.
  const [row] = await db.$queryRaw<{ place: string }[]>`
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || current_database() AS place`;
  return `${row?.place} for ${env.siteUrl}`;
}

/** Whether the database may be mailed from here. `unclaimed`: nobody has mailed from it yet. */
export async function findMailHome(): Promise<"here" | "elsewhere" | "unclaimed"> {
  const home = await db.mailHome.findUnique({ where: { id: 1 } });
  if (!home) return "unclaimed";
  return home.place === (await currentPlace()) ? "here" : "elsewhere";
}

/** What was due before this moment is not sent any more: the original of a restored copy may have sent it. */
export async function findSendsFrom(): Promise<Temporal.Instant | null> {
  const home = await db.mailHome.findUnique({ where: { id: 1 }, select: { sendsFrom: true } });
  return home?.sendsFrom ? fromDbTime(home.sendsFrom) : null;
}
