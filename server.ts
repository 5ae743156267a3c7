// node server.ts          serves the build in .next (HOST, PORT, SITE_URL: see .env.example)
// node server.ts --dev    serves the sources, made anew at each change
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { now } from "#lib/platform/clock.ts";
import { closeOnSignal, closeServer } from "#lib/platform/front/close-server.ts";
import { env } from "#lib/platform/env.ts";
import { frontDoor } from "#lib/platform/front/front-door.ts";
import { isLoopbackName } from "#lib/platform/front/gate.ts";
import { openInside } from "#lib/platform/front/in-process-http.ts";
import { log } from "#lib/platform/log.ts";
import { createPageCache } from "#lib/platform/front/page-cache.ts";
import { checkReadiness, sharedForASecond } from "#lib/platform/front/readiness.ts";
import { pageRenderer } from "#lib/platform/front/render-page.ts";
import { developmentPolicy, securityHeaders } from "#lib/platform/front/security-headers.ts";
import { endAll } from "#lib/platform/front/shutdown.ts";
import { site } from "#lib/platform/site-config.ts";
import { answerBrokenRequests } from "#lib/platform/front/socket-errors.ts";
import { checkTrustedProxies } from "#lib/platform/front/trusted-proxies.ts";

export type RunningServer = {
  /** Where it listens. The site itself is at SITE_URL. */
  url: string;
  /** Says "not ready", answers what has been asked, ends the background work. Takes 9 seconds at most. */
  close: () => Promise<void>;
};

type Options = { dev?: boolean; port: number; host: string };

/**
 * Serves the site in this process. The database must be up and migrated and, without `dev`, the build made: it throws a
 * sentence when the build is missing, and Node's own error (EADDRINUSE, EACCES) when it cannot listen.
 */
export async function startServer({ dev = false, port, host }: Options): Promise<RunningServer> {
  checkTrustedProxies(env.trustedProxies);
  const buildId = dev ? "development" : readBuildId();
  const origin = env.siteUrl;
  const always = securityHeaders(origin);
  // A load balancer keeps its side for a minute: ours stays longer, so that it never writes to a closed one.
  const server = createServer({ requireHostHeader: false, headersTimeout: 15_000, requestTimeout: 30_000 });
  server.keepAliveTimeout = 75_000;
  answerBrokenRequests(server, always);
  // Who comes before Next is ready waits for it.
  const opened = Promise.withResolvers<RequestListener>();
  server.on("request", (request, response) => void opened.promise.then((answer) => answer(request, response)));
  server.listen(port, host);
  await once(server, "listening");
  const { port: boundPort } = server.address() as AddressInfo;

  // Next listens for WebSockets on the server that it is given: in production one that never has any.
  const app = await prepareNext({ dev, hostname: host, port: boundPort, httpServer: dev ? server : createServer() });
  const ask = openInside(app.getRequestHandler());
  let isClosing = false;
  const answer = frontDoor({
    ask,
    origin,
    port: boundPort,
    trustedProxies: env.trustedProxies,
    always,
    developmentPolicy: dev ? developmentPolicy : undefined,
    cache: dev ? null : createPageCache({ render: pageRenderer({ ask, origin }), buildId }),
    // Read here: the embedded database's address is set after the environment was checked.
    checkReadiness: sharedForASecond(() =>
      checkReadiness(process.env.DATABASE_URL ?? "", join(import.meta.dirname, "prisma/migrations")),
    ),
    isClosing: () => isClosing,
    today: () => now().toZonedDateTimeISO(site.timeZone).toPlainDate(),
  });
  opened.resolve(dev ? besideDevelopmentFiles(answer, app.getRequestHandler()) : answer);

  async function close(): Promise<void> {
    isClosing = true;
    const ended = endAll();
    // Whoever balances needs a moment to read "not ready"; on one's own machine nobody does.
    if (!isLoopbackName(new URL(origin).hostname)) await sleep(2000);
    await closeServer(server, 5000);
    const unended = await Promise.race([ended, sleep(2000, ["background work"], { ref: false })]);
    if (unended.length > 0) log.warn("not-ended-in-time", { what: unended.join(", ") });
  }
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`, close };
}

function readBuildId(): string {
  const path = join(import.meta.dirname, ".next/BUILD_ID");
  if (!existsSync(path)) throw new Error("There is no build yet. Run npm start, which makes one.");
  return readFileSync(path, "utf8").trim();
}

async function prepareNext(options: { dev: boolean; hostname: string; port: number; httpServer: Server }) {
  // React and Next choose their builds by it when they are loaded.
  Object.assign(process.env, { NODE_ENV: options.dev ? "development" : "production" });
  const { default: next } = await import("next");
  const app = next({ ...options, dir: import.meta.dirname });
  await app.prepare();
  return app;
}

/** Next's development server has files and addresses of its own, which our gate does not know. */
function besideDevelopmentFiles(answer: RequestListener, next: RequestListener): RequestListener {
  return (request, response) =>
    /^\/(_next|__next)/.test(request.url ?? "") ? next(request, response) : answer(request, response);
}

if (import.meta.main) {
  const { url, close } = await startServer({ dev: process.argv.includes("--dev"), port: env.port, host: env.host });
  closeOnSignal(close);
  process.stdout.write(`Listening on ${url}; the site is at ${env.siteUrl}\n`);
}
