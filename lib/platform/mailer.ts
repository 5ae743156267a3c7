import { join } from "node:path";
import { env } from "#lib/platform/env.ts";
import { outboxMailer } from "#lib/platform/outbox.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";

/** One mail for one address, ready to go. */
export type HandOver = {
  /** `from` is the return path. */
  envelope: { from: string; to: string };
  raw: Buffer;
  /**
   * Asked once, when everything has been said but the final dot: the last moment at which the mail can be taken back.
   * False takes it back. By then the caller has written down that the mail is being handed over.
   */
  beforeDot: () => Promise<boolean>;
};

/**
 * What became of it. After `unknown` only the caller's own mark tells whether the mail may have gone out: nodemailer's
 * errors are the same before the data and after the accepted dot. Replies are one line, without an address. `unwritten`: no server was
 * asked, for a reason of our own.
 */
export type HandOverOutcome =
  | { outcome: "accepted"; reply: string }
  | { outcome: "refused"; code: number; reply: string }
  | { outcome: "deferred"; code: number; reply: string }
  | { outcome: "unknown"; reason: string; unwritten?: true }
  | { outcome: "fenced" };

export type Mailer = {
  /** Never throws. */
  handOver(mail: HandOver): Promise<HandOverOutcome>;
  /** Says goodbye to the server. The mailer may be used again. */
  close(): void;
};

/** Where mail is kept when there is no mail server. */
export const outboxFolder: string = join(env.dataDir, "outbox");

/** The mail server of SMTP_URL or, without one, the outbox. */
export const mailer: Mailer = env.smtpUrl ? smtpMailer(env.smtpUrl) : outboxMailer(outboxFolder);
