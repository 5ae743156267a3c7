import type { SignedIn } from "#lib/accounts/types.ts";
import { tell } from "#lib/personal/marks.ts";
import { db } from "#lib/platform/db.ts";
import { parseEmailAddress } from "#lib/platform/email-address.ts";
import { keyedHash } from "#lib/platform/secret.ts";

type Told = Record<string, unknown>;

/** Everything that the site knows of a person, under the names of its own columns. */
export type PersonalData = {
  account: Told | null;
  sessions: Told[];
  identities: Told[];
  signInLinks: Told[];
  upvotes: Told[];
  letters: Told[];
  subscriptions: Told[];
  deliveries: Told[];
  suppressions: Told[];
};

/**
 * What a person can download: of the account, and of its address, which is proven by the sign-in. Reads only; `marks.ts` says which
 * columns are told (GDPR article 15).
 */
export async function findPersonalData({ id, email }: SignedIn): Promise<PersonalData> {
  const emailKey = parseEmailAddress(email)?.key ?? email;
  const [account, sessions, identities, upvotes, letters, subscribers, suppression, links] = await Promise.all([
    db.account.findUnique({ where: { id } }),
    db.session.findMany({ where: { userId: id }, orderBy: { createdAt: "asc" } }),
    db.identity.findMany({ where: { userId: id }, orderBy: { createdAt: "asc" } }),
    db.upvote.findMany({ where: { accountId: id }, orderBy: [{ castAt: "asc" }, { paperId: "asc" }] }),
    db.letterRequest.findMany({ where: { emailKey }, orderBy: { requestedAt: "asc" } }),
    db.subscriber.findMany({ where: { emailKey }, orderBy: { requestedAt: "asc" } }),
    db.suppression.findUnique({ where: { emailHash: keyedHash("suppression", emailKey) } }),
    listSignInLinks(email),
  ]);
  const deliveries = await db.delivery.findMany({
    where: { subscriberId: { in: subscribers.map((subscriber) => subscriber.id) } },
    include: { digest: { select: { kind: true, day: true } } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
  return {
    account: account && tell("Account", account),
    sessions: sessions.map((row) => tell("Session", row)),
    identities: identities.map((row) => tell("Identity", row)),
    signInLinks: links.map((row) => tell("Verification", row)),
    upvotes: upvotes.map((row) => tell("Upvote", row)),
    letters: letters.map((row) => tell("LetterRequest", row)),
    subscriptions: subscribers.map((row) => tell("Subscriber", row)),
    deliveries: deliveries.map(({ digest, ...row }) => ({ ...tell("Delivery", row), digest })),
    suppressions: suppression ? [tell("Suppression", suppression)] : [],
  };
}

async function listSignInLinks(email: string) {
  // Raw SQL because the address is inside the JSON that better-auth keeps in a column of text.
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM verifications WHERE value::jsonb ->> 'email' = ${email}`;
  return db.verification.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: { createdAt: "asc" },
  });
}
