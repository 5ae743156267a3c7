// npm run doctor: is everything as it should be? A sentence for each thing.
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs";
import { parseCommand } from "#scripts/parse-command.ts";
import { sentenceFor, withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run doctor

Looks at the configuration, the folder of data, the database, the sources, the search index, what must always hold of editions and
mails, whether the mail server takes a message from this sender (up to the last moment, at which it is taken back: nothing is
sent), and what receivers find in the DNS about the sender's domain: SPF, DKIM, DMARC, the mail server's name, and where mail comes
back to. A sentence for each. Changes nothing but to apply migrations, as every command does, and to note when the domain was looked at.

Exit codes: 0 all well, 1 something is wrong, 2 wrong usage, 78 wrong configuration.
`;

type Finding = { verdict: "well" | "look" | "wrong"; about: string; sentence: string };

parseCommand({ help });
await withDatabase(async () => {
  const findings = [
    await ofFolder(),
    await ofDatabase(),
    ...(await ofSources()),
    await ofIndex(),
    ...(await ofPromises()),
    await ofMail(),
    ...(await ofDomain()),
  ];
  const signs = { well: "✓", look: "!", wrong: "✗" };
  for (const { verdict, about, sentence } of findings)
    process.stdout.write(`${signs[verdict]} ${about}: ${sentence}\n`);
  return findings.some(({ verdict }) => verdict === "wrong") ? 1 : 0;
});

async function ofFolder(): Promise<Finding> {
  const { env } = await import("#lib/platform/env.ts");
  mkdirSync(env.dataDir, { recursive: true });
  try {
    accessSync(env.dataDir, constants.W_OK);
  } catch {
    return {
      verdict: "wrong",
      about: "Data folder",
      sentence: `${env.dataDir} cannot be written. Give it to the user who runs the site.`,
    };
  }
  const { bavail, bsize } = statfsSync(env.dataDir);
  const free = Math.floor((bavail * bsize) / 1e9);
  if (free < 1)
    return { verdict: "wrong", about: "Data folder", sentence: `less than 1 GB is free at ${env.dataDir}.` };
  const configured = existsSync(env.configPath) ? `configured by ${env.configPath}` : "with the default configuration";
  return { verdict: "well", about: "Data folder", sentence: `${env.dataDir}, ${free} GB free, ${configured}.` };
}

async function ofDatabase(): Promise<Finding> {
  const { db } = await import("#lib/platform/db.ts");
  try {
    const [papers, editions] = [await db.paper.count(), await db.edition.count()];
    const sentence = `${papers.toLocaleString("en")} papers, ${editions.toLocaleString("en")} closed editions; all migrations are applied.`;
    return { verdict: "well", about: "Database", sentence };
  } catch (error) {
    return { verdict: "wrong", about: "Database", sentence: sentenceFor(error) };
  }
}

async function ofSources(): Promise<Finding[]> {
  const { findSourceStatus } = await import("#lib/sources/queries.ts");
  const { ageOf } = await import("#lib/sources/describe-run.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const at = now();
  return (await findSourceStatus({ now: at })).map(({ label, lastSuccess, message }) => {
    if (!lastSuccess)
      return { verdict: "look", about: label, sentence: `has not answered yet. ${message ?? ""}`.trim() };
    const old = at.since(Temporal.Instant.from(lastSuccess)).total("hours") > 24;
    return {
      verdict: old ? "wrong" : "well",
      about: label,
      sentence: `answered ${ageOf(lastSuccess, at)}. ${message ?? ""}`.trim(),
    };
  });
}

async function ofIndex(): Promise<Finding> {
  const { currentReader } = await import("#lib/search/current-reader.ts");
  const { db } = await import("#lib/platform/db.ts");
  try {
    const held = await currentReader()?.engine.count();
    if (held === undefined)
      return {
        verdict: "look",
        about: "Search index",
        sentence: "is not there. A running site builds it, or: npm run reindex",
      };
    const behind = (await db.paper.count()) - held;
    if (behind === 0)
      return {
        verdict: "well",
        about: "Search index",
        sentence: `${held.toLocaleString("en")} papers, as many as the database.`,
      };
    return {
      verdict: "look",
      about: "Search index",
      sentence: `${Math.abs(behind).toLocaleString("en")} papers ${behind > 0 ? "behind" : "too many"}. A running site catches up within seconds.`,
    };
  } catch (error) {
    return { verdict: "wrong", about: "Search index", sentence: `${error instanceof Error ? error.message : error}` };
  }
}

async function ofPromises(): Promise<Finding[]> {
  const { countInvariants, listBrokenInvariants } = await import("#lib/digest/invariants/queries.ts");
  const broken = await listBrokenInvariants();
  if (broken.length === 0)
    return [
      { verdict: "well", about: "Promises", sentence: `all ${countInvariants()} hold, of editions and of mails.` },
    ];
  return broken.map(({ name, broken: what, count, weight }) => ({
    verdict: weight,
    about: `Promise “${name}”`,
    sentence: `${count} ${what}.`,
  }));
}

async function ofMail(): Promise<Finding> {
  const { env } = await import("#lib/platform/env.ts");
  const { findMailHome } = await import("#lib/mailing/queries.ts");
  const { heldSentence } = await import("#lib/mailing/hold.ts");
  const { sender } = await import("#lib/platform/sender.ts");
  const { tryMailServer } = await import("#lib/platform/smtp.ts");
  const about = "Mail";
  if (!env.smtpUrl)
    return { verdict: "look", about, sentence: "no SMTP_URL: mail is kept in DATA_DIR/outbox and goes to nobody." };
  const tried = await tryMailServer(env.smtpUrl, { from: sender.address, to: env.adminEmail ?? sender.address });
  if (tried.status === "fails")
    return {
      verdict: "wrong",
      about,
      sentence: `the server of SMTP_URL takes no mail from ${sender.address}: ${tried.reason}`,
    };
  if ((await findMailHome()) === "elsewhere") return { verdict: "wrong", about, sentence: heldSentence };
  const sentence = `the server takes mail from ${sender.address}`;
  if (tried.encrypted) return { verdict: "well", about, sentence: `${sentence}, over TLS.` };
  return {
    verdict: "look",
    about,
    sentence: `${sentence}, but not encrypted. Use smtps://, or a server that offers STARTTLS.`,
  };
}

async function ofDomain(): Promise<Finding[]> {
  const { checkDomain } = await import("#lib/mailing/dns/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const findings = await checkDomain({ now: now() });
  if (findings) return findings;
  const { env } = await import("#lib/platform/env.ts");
  const { sender } = await import("#lib/platform/sender.ts");
  if (!env.smtpUrl) return [];
  const sentence = `${sender.address} is no address of the internet. Set SITE_URL, or MAIL_FROM.`;
  return [{ verdict: "look", about: "Sender", sentence }];
}
