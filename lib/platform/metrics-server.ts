import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { closeServer } from "#lib/platform/front/close-server.ts";
import { lineOf, log } from "#lib/platform/log.ts";

/**
 * Answers `GET /metrics` at an address of its own, never at the site's: what is counted is nobody else's business. Throws Node's own
 * error (EADDRINUSE, EACCES) when it cannot listen.
 */
export async function startMetricsServer(
  write: () => Promise<string>,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("Ask for GET /metrics.\n");
      return;
    }
    try {
      const text = await write();
      response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }).end(text);
    } catch (error) {
      log.error("metrics-failed", { error: lineOf(error) });
      response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" }).end("The log says why.\n");
    }
  });
  server.listen(port, host);
  await once(server, "listening");
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/metrics`,
    close: () => closeServer(server, 1000),
  };
}
