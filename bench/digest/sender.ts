// Sends, and says what that took: in a process of its own, whose memory and processor time are of nothing else. Arguments: "ours",
// "bare" or "composed", and, for the last two, a file with a mail and how often to send it.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { createTransport } from "nodemailer";
import { sendDueDigests } from "#lib/digest/send-digest.ts";
import { readMail } from "#lib/platform/read-mail.ts";

const [way = "", file = "", count = "0"] = process.argv.slice(2);
const mailHour = Temporal.Instant.from("2026-08-21T06:00:00Z");

const ways: Record<string, () => Promise<void>> = { ours: sendOurs, bare: sendBare, composed: sendComposed };
const work = ways[way];
if (!work) throw new Error(`There is no way ${way}.`);
// What is loaded and compiled at first is not what a mail costs.
await wait(500);
const start = process.memoryUsage.rss();
let peak = start;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);
const [begun, cpu] = [performance.now(), process.cpuUsage()];
await work();
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(cpu);
clearInterval(watching);
process.send?.({ seconds, cpu: (user + system) / 1e6, start, peak, end: process.memoryUsage.rss() });
process.exit();

/** As the worker does, sweep by sweep until nothing is due. */
async function sendOurs(): Promise<void> {
  for (;;) {
    const { accepted, ...others } = await sendDueDigests({ now: mailHour, limit: 2000 });
    if (Object.values(others).some((number) => number > 0)) throw new Error(`Not accepted: ${JSON.stringify(others)}.`);
    if (accepted === 0) return;
  }
}

/** nodemailer's own pool, with the same bytes for all: nothing is made, and nothing is written down. */
async function sendBare(): Promise<void> {
  const raw = readFileSync(file);
  await sendAll((pool, to) => pool.sendMail({ envelope: { from: "digest@broadsheet.example", to }, raw }));
}

/** The pool as it is mostly used: each mail is made of its parts. */
async function sendComposed(): Promise<void> {
  const { subject, text, html } = readMail(readFileSync(file));
  await sendAll((pool, to) => pool.sendMail({ from: "digest@broadsheet.example", to, subject, text, html }));
}

type Pool = { sendMail(mail: object): Promise<unknown> };

async function sendAll(send: (pool: Pool, to: string) => Promise<unknown>): Promise<void> {
  const pool = createTransport({
    url: process.env.SMTP_URL,
    pool: true,
    maxConnections: 4,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  let next = 0;
  // Two for each connection, so that none waits for us; all at once would be measured as memory.
  const lane = async () => {
    while (next < Number(count)) await send(pool, `reader${next++}@example.org`);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  pool.close();
}
