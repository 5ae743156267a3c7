import { askToSignIn, redeemSignIn } from "#lib/accounts/commands.ts";
import { writeSignIn } from "#lib/accounts/send-sign-in.ts";
import type { NewCookie } from "#lib/accounts/types.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

type Asking = { email: string; mark: string; next?: string };

/** Asks for a link, lets its letter be written, and takes the token from the letter's text. */
export async function mailedToken({ email, mark, next = "/" }: Asking): Promise<string> {
  await askToSignIn({ email, next, mark, client: "192.0.2.1", now: now() });
  const row = await db.letterRequest.findFirstOrThrow({ where: { email }, orderBy: { requestedAt: "desc" } });
  await db.letterRequest.delete({ where: { id: row.id } });
  const request = { id: row.id, email, details: row.details as Record<string, string>, requestedAt: now() };
  const { text, html } = await writeSignIn(request, { now: now() });
  const token = /\/sign-in\/([A-Za-z]{32})\b/.exec(text)?.[1];
  if (!token || !html.includes(`/sign-in/${token}`)) throw new Error(`the letter has no link: ${text}`);
  return token;
}

/** Signs in by a mailed link; answers with the session's cookie. */
export async function signIn(asking: Asking): Promise<NewCookie> {
  const token = await mailedToken(asking);
  return cookieOf(await redeemSignIn({ token, mark: asking.mark, code: null, now: now() }));
}

export function cookieOf(redeemed: Awaited<ReturnType<typeof redeemSignIn>>): NewCookie {
  if (redeemed.status !== "signed-in") throw new Error(`not signed in: ${redeemed.status}`);
  return redeemed.cookie;
}

/** The headers of a request by a browser that holds this cookie. */
export function carrying(cookie: NewCookie | undefined): Headers {
  return new Headers(cookie && { cookie: `other=1; ${cookie.name}=${encodeURIComponent(cookie.value)}` });
}

/** Every row of every table, as text: what must not change, or must hold nothing of somebody. */
export async function everyRow(): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  const dumps: string[] = [];
  for (const { name } of tables) {
    const [dump] = await db.$queryRaw<{ xml: string }[]>`
      SELECT table_to_xml(${name}::regclass, true, false, '')::text AS xml`;
    dumps.push(`${name}: ${dump?.xml}`);
  }
  return dumps.join("\n");
}
