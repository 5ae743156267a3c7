import { type Mailbox, parseMailbox } from "#lib/platform/compose-mail.ts";
import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";

/** The host of this site as mail names it: an IPv6 address without its brackets. */
export const mailHost: string = new URL(env.siteUrl).hostname.replace(/[[\]]/g, "");

/** Whom mails come from: `MAIL_FROM`, or else the site by its own name. */
export const sender: Mailbox = env.mailFrom
  ? parseMailbox(env.mailFrom)
  : { name: site.name, address: `digest@${mailHost}` };
