import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";
import { contentSecurityPolicy, type HeaderPairs } from "#lib/platform/front/security-headers.ts";

/** Answers what never becomes a request: broken HTTP, endless headers, too slow a sender, CONNECT. */
export function answerBrokenRequests(server: Server, always: HeaderPairs): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else writeRefusal(socket, statusOf(error.code), always);
  });
  server.on("connect", (_request: IncomingMessage, socket) => writeRefusal(socket, 405, always));
  server.on("checkExpectation", (request, response) => {
    response.shouldKeepAlive = false;
    writeRefusal(request.socket, 417, always);
  });
}

const sentences: Record<number, string> = {
  400: "This is not HTTP as we understand it. Send the request again.",
  405: "Use GET, HEAD or POST.",
  408: "The request took too long to arrive. Send it again.",
  417: "Send the request without Expect.",
  431: "The headers of this request are longer than 16 KB. Delete this site's cookies and try again.",
};

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

function writeRefusal(socket: Duplex, status: number, always: HeaderPairs): void {
  const { contentType, body } = refusalPage(
    { status, sentence: sentences[status] ?? "" },
    { accept: undefined, path: "/" },
  );
  const headers: HeaderPairs = [
    ...always,
    ["Content-Security-Policy", contentSecurityPolicy()],
    ["Cache-Control", "no-store"],
    ["Content-Type", contentType],
    ["Content-Length", String(Buffer.byteLength(body))],
    ["Connection", "close"],
  ];
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
