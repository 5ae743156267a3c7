import { env } from "#lib/platform/env.ts";

const secure = env.siteUrl.startsWith("https:");

/** `__Host-` binds a cookie to this very host, over TLS only; over plain http a browser would refuse it. */
export const cookiePrefix = secure ? "__Host-broadsheet" : "broadsheet";

/** What every cookie of ours has beside its name, value and age. */
export const cookieAttributes = { path: "/", httpOnly: true, sameSite: "lax", secure } as const;

/** The cookie whose value is a session's token, signed. better-auth gives it its last name. */
export const sessionCookieName = `${cookiePrefix}.session_token`;

/** The cookie by which the browser that asked for a link is known again: see asking-browser.ts. */
export const markCookieName = `${cookiePrefix}.asking`;
