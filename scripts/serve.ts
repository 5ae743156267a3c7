// The second half of npm start, under the pinned Node: database, migrations, build, site.
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { keepRunning, type RunningPostgres } from "#lib/platform/embedded-postgres.ts";
import { buildIfChanged } from "#scripts/build-if-changed.ts";
import { parseCommand } from "#scripts/parse-command.ts";
import { closeConnections, openDatabase, sentenceFor } from "#scripts/with-database.ts";

const help = `Usage: npm start

Installs what is missing, starts Postgres, migrates, builds if the sources changed, serves the site and gathers papers.
Settings are environment variables: see .env.example. Exit codes: 0 ended by a signal, 1 could not start, 78 wrong settings.
`;

parseCommand({ help });

const say = (line: string) => process.stdout.write(`${line}\n`);
let postgres: RunningPostgres | undefined;
let closeSite: (() => Promise<void>) | undefined;
let stopWatching: () => void = () => undefined;
let ending = false;

// Before Postgres is started: a signal must always find someone who stops it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
// Its reader went away (npm start | head): as a program of the shell does, it ends, and not without stopping Postgres.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => end(0));

try {
  await start();
} catch (error) {
  if (!ending) {
    process.stderr.write(`${sentenceFor(error)}\n`);
    await end(error instanceof Error && error.name === "ConfigurationError" ? 78 : 1);
  }
}

async function start(): Promise<void> {
  const { env } = await import("#lib/platform/env.ts");
  const { site } = await import("#lib/platform/site-config.ts");
  const waiting = await reservePort(env.port, env.host, env.siteUrl);
  say(`${site.name}: ${process.env.DATABASE_URL ? "using the Postgres of DATABASE_URL" : "starting Postgres"} …`);
  postgres = await openDatabase();
  await buildIfChanged(say);
  // Modules that hold the database's address are loaded only now that it is known.
  const { startServer } = await import("#server.ts");
  await closed(waiting);
  const server = await startServer({ port: env.port, host: env.host });
  closeSite = server.close;
  if (postgres) stopWatching = keepRunning(join(env.dataDir, "postgres"), postgres.url, say);
  say(`${site.name} is at ${env.siteUrl} (Ctrl-C ends it).`);
  if (!env.smtpUrl) say(`No SMTP_URL: mail is kept${await whereMailIsRead(env)}`);
}

/** The page that shows kept mail is open only where nobody but this machine can ask for it. */
async function whereMailIsRead({ siteUrl, dataDir }: { siteUrl: string; dataDir: string }): Promise<string> {
  const { outboxIsOpen } = await import("#lib/platform/outbox.ts");
  return outboxIsOpen(new Headers())
    ? `, and can be read at ${siteUrl}/outbox.`
    : ` in ${join(dataDir, "outbox")}, sign-in links too. Others can reach this site, so it has no page that shows them.`;
}

/** Holds the port while the site is being made ready, with a page that says so. */
function reservePort(port: number, host: string, siteUrl: string): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(503, { "Content-Type": "text/html; charset=utf-8", "Retry-After": "5", Refresh: "5" });
    response.end(
      "<!doctype html><title>Starting</title><p>The site is being made ready. This page looks again by itself.",
    );
  });
  return new Promise((done, fail) => {
    server.once("error", async (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      fail(
        new Error(taken ? await whoHolds(port, host, siteUrl) : `Cannot listen on ${host}:${port}: ${error.message}`),
      );
    });
    server.listen(port, host, () => done(server));
  });
}

async function whoHolds(port: number, host: string, siteUrl: string): Promise<string> {
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const signal = AbortSignal.timeout(2000);
  const answer = await fetch(`http://${address}:${port}/healthz`, { signal, redirect: "manual" }).catch(() => null);
  const body = answer ? await answer.text().catch(() => "") : "";
  if (/broadsheet|being made ready/i.test(body)) {
    return `Broadsheet is running already at ${siteUrl}. Open it, end it first (Ctrl-C there), or start another: PORT=${port + 1} DATA_DIR=./data2 npm start`;
  }
  return `Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  const patience = setTimeout(() => process.exit(code), 10_000);
  stopWatching();
  await closeSite?.().catch(() => undefined);
  await closeConnections().catch(() => undefined);
  await postgres?.stop().catch(() => undefined);
  clearTimeout(patience);
  process.exit(code);
}
