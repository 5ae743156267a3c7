import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "#lib/platform/env.ts";
import { isLoopbackName } from "#lib/platform/front/gate.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { type KeptMail, readMail } from "#lib/platform/read-mail.ts";

/** `keptAt`: when it was written, which its name tells. */
export type OutboxMail = KeptMail & { id: string; keptAt: Temporal.Instant };

/** A mailer that keeps each mail as `ID.eml` in a folder. The same contract: asked before the mail is there to be read. */
export function outboxMailer(folder: string): Mailer {
  return {
    async handOver({ raw, beforeDot }) {
      const id = newId();
      const draft = join(folder, `.${id}.draft`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, raw, { mode: 0o600 });
        if (!(await beforeDot())) {
          await rm(draft, { force: true });
          return { outcome: "fenced" };
        }
        // Whole or not at all.
        await rename(draft, join(folder, `${id}.eml`));
        return { outcome: "accepted", reply: `kept in the outbox as ${id}.eml` };
      } catch (error) {
        return { outcome: "unknown", reason: error instanceof Error ? error.message : `${error}` };
      }
    },
    close() {},
  };
}

/** The mails of an outbox, newest first. */
export async function listOutbox(folder: string, { limit }: { limit: number }): Promise<OutboxMail[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.filter((name) => name.endsWith(".eml") && !name.startsWith(".")).map((name) => name.slice(0, -4));
  const newest = ids.sort().reverse().slice(0, limit);
  const mails = await Promise.all(newest.map((id) => findOutboxMail(folder, id)));
  return mails.filter((mail) => mail !== null);
}

/** One kept mail, or null when there is none of this id. */
export async function findOutboxMail(folder: string, id: string): Promise<OutboxMail | null> {
  const keptAt = timeOf(id);
  if (!keptAt) return null;
  const raw = await readFile(join(folder, `${id}.eml`)).catch(() => null);
  return raw && { id, keptAt, ...readMail(raw) };
}

/**
 * Whether the outbox may be read by who asks: only where there is no mail server, on a site that this machine alone
 * reaches, and not through a proxy. `x-broadsheet-forwarded` is set by our own server.
 */
export function outboxIsOpen(headers: { get(name: string): string | null }): boolean {
  const here = [env.host, new URL(env.siteUrl).hostname].every((name) =>
    isLoopbackName(name === "::1" ? "[::1]" : name),
  );
  return here && env.smtpUrl === undefined && headers.get("x-broadsheet-forwarded") === null;
}

/** Sorts by time; two processes never make the same. Not a domain's time: the file is named when it is written. */
function newId(): string {
  const stamp = new Date().toISOString().replace(/\D/g, "");
  return `${stamp}-${process.hrtime.bigint() % 1_000_000n}-${randomBytes(6).toString("hex")}`;
}

/** Null for what is no name of ours. */
function timeOf(id: string): Temporal.Instant | null {
  const stamp = /^(\d{8})(\d{6})(\d{3})-[\w-]+$/.exec(id);
  if (!stamp) return null;
  try {
    return Temporal.Instant.from(`${stamp[1]}T${stamp[2]}.${stamp[3]}Z`);
  } catch {
    return null; // a thirteenth month
  }
}
