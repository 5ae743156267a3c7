import { once } from "node:events";
import { Readable } from "node:stream";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { HandOver, HandOverOutcome, Mailer } from "#lib/platform/mailer.ts";

// A server that cannot be reached must not hold up the letters behind: nodemailer would wait two minutes.
const CONNECTION_TIMEOUT = 20_000;
// RFC 5321 section 4.5.3.2.6: after the final dot a server may take ten minutes. A shorter wait makes uncertain mails.
const SOCKET_TIMEOUT = 10 * 60_000;
const IDLE_TIMEOUT = 5_000;

type ConnectionUrl = ReturnType<typeof parseConnectionUrl>;

/**
 * A mailer for `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`; nodemailer's options may follow
 * as a query (`?requireTLS=true&name=mail.example.org`). Connections are used again while mails follow each other.
 */
export function smtpMailer(url: string, { socketTimeout = SOCKET_TIMEOUT } = {}): Mailer {
  const options = { connectionTimeout: CONNECTION_TIMEOUT, ...parseConnectionUrl(url), socketTimeout };
  const idle = new Map<SMTPConnection, NodeJS.Timeout>();

  const take = async (): Promise<SMTPConnection> => {
    for (const [connection, timer] of idle) {
      clearTimeout(timer);
      idle.delete(connection);
      return connection;
    }
    const connection = await connect(options);
    connection.once("end", () => idle.delete(connection));
    return connection;
  };

  const keep = (connection: SMTPConnection) => {
    const drop = () => {
      idle.delete(connection);
      connection.quit();
    };
    idle.set(connection, setTimeout(drop, IDLE_TIMEOUT).unref());
  };

  return {
    async handOver(mail) {
      let connection: SMTPConnection;
      try {
        connection = await take();
      } catch (error) {
        return { outcome: "unknown", reason: reasonOf(error) };
      }
      const outcome = await transmit(connection, mail);
      // After anything but a clean acceptance the conversation may stand anywhere: begin a new one.
      if (outcome.outcome === "accepted") keep(connection);
      else connection.close();
      return outcome;
    },
    close() {
      for (const [connection, timer] of idle) {
        clearTimeout(timer);
        connection.quit();
      }
      idle.clear();
    },
  };
}

/**
 * Whether the server of `url` would take a mail from this sender for this address: a whole conversation up to the last moment, at
 * which the mail is taken back. `encrypted`: whether the conversation was (TLS).
 */
export async function tryMailServer(
  url: string,
  envelope: HandOver["envelope"],
): Promise<{ status: "takes-mail"; encrypted: boolean } | { status: "fails"; reason: string }> {
  const options = {
    connectionTimeout: CONNECTION_TIMEOUT,
    ...parseConnectionUrl(url),
    socketTimeout: CONNECTION_TIMEOUT,
  };
  let connection: SMTPConnection;
  try {
    connection = await connect(options);
  } catch (error) {
    return { status: "fails", reason: reasonOf(error) };
  }
  const encrypted = connection.secure;
  const raw = Buffer.from("Subject: Is anybody there?\r\n\r\nThis mail is taken back before its end.\r\n");
  const outcome = await transmit(connection, { envelope, raw, beforeDot: async () => false });
  connection.close();
  if (outcome.outcome === "fenced") return { status: "takes-mail", encrypted };
  return { status: "fails", reason: "reply" in outcome ? outcome.reply : outcome.reason };
}

async function connect({ auth, ...options }: ConnectionUrl & { socketTimeout: number }): Promise<SMTPConnection> {
  // Its logger would print recipients.
  const connection = new SMTPConnection({ ...options, logger: false });
  const broken = once(connection, "error").then(([error]) => Promise.reject(error));
  // A connection that breaks while idle has nobody to tell.
  connection.on("error", () => undefined);
  const ready = new Promise<SMTPConnection>((resolve, reject) => {
    connection.connect((error) => {
      if (error) return reject(error);
      if (!auth || !connection.allowsAuth) return resolve(connection);
      connection.login(auth, (refused) => (refused ? reject(refused) : resolve(connection)));
    });
  });
  try {
    return await Promise.race([ready, broken]);
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function transmit(connection: SMTPConnection, mail: HandOver): Promise<HandOverOutcome> {
  if (needsUtf8(mail.envelope.to) && !offersUtf8(connection)) {
    return { outcome: "refused", code: 553, reply: "The mail server takes no address with letters beyond ASCII." };
  }
  const { body, progress } = waitingBody(mail);
  const result = await new Promise<HandOverOutcome>((resolve) => {
    const envelope = { from: mail.envelope.from, to: [mail.envelope.to], size: mail.raw.length };
    connection.send(envelope, body, (error, info) => {
      // A server that answers before the dot has accepted nothing, whatever it says.
      if (info && progress.ended) resolve({ outcome: "accepted", reply: withoutAddresses(info.response) });
      else if (info) resolve({ outcome: "unknown", reason: "The server answered before the end of the mail." });
      else resolve(progress.fenced ? { outcome: "fenced" } : outcomeOf(error));
    });
  });
  if (result.outcome !== "accepted") {
    connection.close();
    body.destroy();
    // An answer may have come while the mark was being written: the caller settles after it, never beside it.
    await progress.asked?.catch(() => undefined);
  }
  return result;
}

/** The bytes, then a pause while the caller is asked, then the end. Pulled by nodemailer only after the server's 354. */
function waitingBody({ raw, beforeDot }: HandOver) {
  const progress: { asked?: Promise<boolean>; fenced: boolean; ended: boolean } = { fenced: false, ended: false };
  async function* parts() {
    yield raw;
    progress.asked = beforeDot();
    if (!(await progress.asked)) {
      progress.fenced = true;
      // The stream breaks, the dot is never sent, and the server throws the mail away.
      throw new Error("taken back");
    }
    progress.ended = true;
  }
  const body = Readable.from(parts());
  body.on("error", () => undefined);
  return { body, progress };
}

function outcomeOf(error: unknown): HandOverOutcome {
  const { responseCode, response, code } = error as { responseCode?: number; response?: string; code?: string };
  // Said by nodemailer before a word to the server: this address cannot stand in a command.
  if (code === "EENVELOPE" && !responseCode) return { outcome: "refused", code: 553, reply: reasonOf(error) };
  if (!responseCode) return { outcome: "unknown", reason: reasonOf(error) };
  const reply = withoutAddresses(response ?? String(responseCode));
  return { outcome: responseCode >= 500 ? "refused" : "deferred", code: responseCode, reply };
}

function reasonOf(error: unknown): string {
  const { code = "", message } =
    error instanceof Error ? (error as Error & { code?: string }) : { message: `${error}` };
  return withoutAddresses(`${code} ${message}`);
}

/** Servers like to repeat the recipient; a log or a table must not. */
function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>"]+@[^\s<>"]+/g, "…")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}

function needsUtf8(address: string): boolean {
  return /[^\x20-\x7e]/.test(address);
}

/** nodemailer would send such an address to a server that cannot read it; what EHLO offered has no public name. */
function offersUtf8(connection: SMTPConnection): boolean {
  const extensions: unknown = Reflect.get(connection, "_supportedExtensions");
  return Array.isArray(extensions) && extensions.includes("SMTPUTF8");
}
