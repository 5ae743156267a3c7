import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from "node:http";
import { streamPair } from "#lib/platform/front/stream-pair.ts";

type InsideRequest = {
  method: string;
  /** Path with query. */
  address: string;
  headers: OutgoingHttpHeaders;
  body?: Buffer;
  signal?: AbortSignal;
};

/** Asks the handler; answers with the head of its response, the body still to be read. */
export type AskInside = (request: InsideRequest) => Promise<IncomingMessage>;

/**
 * Real HTTP with a handler of this process, over a pair of streams: there is no port that anybody else could reach, and
 * a request holds what we wrote into it and nothing else.
 */
export function openInside(handle: (request: IncomingMessage, response: ServerResponse) => unknown): AskInside {
  // Never listens: connections are handed to it.
  const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => void handle(incoming, outgoing));
  return ({ method, address, headers, body, signal }) => {
    const [ours, theirs] = streamPair();
    server.emit("connection", theirs);
    return new Promise((resolve, reject) => {
      const asked = request({
        createConnection: () => ours,
        method,
        path: address,
        headers: { ...headers, connection: "close", ...(body && { "content-length": body.length }) },
        signal,
      });
      asked.once("response", resolve);
      asked.once("error", reject);
      asked.end(body);
    });
  };
}

/** The whole of a message's body. Null when it is longer than `limit` bytes. */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(message.headers["content-length"] ?? 0) > limit) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
