import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import { type FrontDoor, frontDoor } from "#lib/platform/front/front-door.ts";
import { openInside } from "#lib/platform/front/in-process-http.ts";
import { createPageCache } from "#lib/platform/front/page-cache.ts";
import { pageRenderer } from "#lib/platform/front/render-page.ts";
import { securityHeaders } from "#lib/platform/front/security-headers.ts";
import { answerBrokenRequests } from "#lib/platform/front/socket-errors.ts";

export type Answer = { status: number; headers: IncomingHttpHeaders; raw: Buffer; text: string };

export type Asked = { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer };

type Options = {
  /** Stands where Next does. */
  app: RequestListener;
  door?: Partial<FrontDoor>;
  cache?: Partial<Parameters<typeof createPageCache>[0]>;
};

/** The gate and the page cache before `app`, on a port of their own, as server.ts puts them together. */
export async function openSite({ app, door = {}, cache = {} }: Options) {
  const server = createServer({ requireHostHeader: false });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const ask = openInside(app);
  const always = securityHeaders(door.origin ?? origin);
  answerBrokenRequests(server, always);
  const render = pageRenderer({ ask, origin: door.origin ?? origin });
  const listener = frontDoor({
    ask,
    origin,
    port,
    trustedProxies: [],
    always,
    cache: createPageCache({ render, buildId: "test", ...cache }),
    checkReadiness: async () => ({ ready: true }),
    isClosing: () => false,
    today: () => Temporal.PlainDate.from("2026-08-21"),
    ...door,
  });
  server.on("request", listener);

  /** Asks the way a browser does, at the site's own address unless a Host is given. */
  async function visit(path: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<Answer> {
    const sent = request({
      port,
      host: "127.0.0.1",
      method,
      path,
      headers: { host: `localhost:${port}`, accept: "text/html", ...headers },
    });
    sent.end(body);
    const [response] = await once(sent, "response");
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    return { status: response.statusCode, headers: response.headers, raw, text: raw.toString() };
  }
  return { server, port, origin, visit, close: () => server.close() };
}
