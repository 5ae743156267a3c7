import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { magicLink } from "better-auth/plugins";
import { cookieAttributes, cookiePrefix } from "#lib/accounts/cookies.ts";
import { linkMinutes, sessionSeconds } from "#lib/accounts/lifetimes.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";
import { keyFor } from "#lib/platform/secret.ts";

/**
 * better-auth, called by its server API only: its HTTP handler is not mounted, since its link is consumed by GET, which
 * mail scanners do for everyone. It speaks of user and account where we say account and identity.
 */
export const auth = betterAuth({
  appName: "Broadsheet",
  baseURL: env.siteUrl,
  secret: keyFor("accounts").toString("base64url"),
  database: prismaAdapter(
    { user: db.account, session: db.session, account: db.identity, verification: db.verification },
    { provider: "postgresql" },
  ),
  // A session is looked at without being prolonged, so that reading a page writes nothing.
  session: { expiresIn: sessionSeconds, deferSessionRefresh: true },
  // Old rows are removed by forgetOldSignIns: until then an expired link can be told from an unknown one.
  verification: { disableCleanup: true },
  plugins: [
    magicLink({
      storeToken: "hashed",
      expiresIn: linkMinutes * 60,
      // The account is made by redeemSignIn, where the database decides between two links for one new address.
      disableSignUp: true,
      sendMagicLink: ({ token, metadata }) => {
        if (isReceiver(metadata?.receive)) metadata.receive(token);
      },
    }),
  ],
  advanced: {
    cookiePrefix,
    useSecureCookies: false, // would add __Secure- in front of __Host-
    defaultCookieAttributes: cookieAttributes,
    ipAddress: { disableIpTracking: true },
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: "error", log: (_level, message) => log.error("accounts-library", { message }) },
});

function isReceiver(value: unknown): value is (token: string) => void {
  return typeof value === "function";
}
