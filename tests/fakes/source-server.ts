import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { now as machineTime } from "#lib/platform/clock.ts";
import { answerArxivApi } from "#tests/fakes/fake-arxiv.ts";
import { answerArxivFeed } from "#tests/fakes/fake-arxiv-feed.ts";
import { answerArxivOai } from "#tests/fakes/fake-arxiv-oai.ts";
import { answerHuggingFace } from "#tests/fakes/fake-hugging-face.ts";
import { type ArmedFault, sendFaulty, spoil } from "#tests/fakes/faults.ts";
import { fixtureWorld } from "#tests/fakes/fixture-world.ts";
import { recordedArchive } from "#tests/fakes/recorded-archive.ts";
import { recordedWorld } from "#tests/fakes/recorded-world.ts";
import type { Answer, World } from "#tests/fakes/world.ts";
import { oddPapers } from "#tests/fixtures/odd-papers.ts";

/** `open`: how many requests, this one included, were being answered when it came. */
type SeenRequest = {
  at: Temporal.Instant;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  open: number;
};

export type SourceServer = {
  /** Without a slash at the end. */
  url: string;
  /** What a site needs in its environment to read from here. */
  settings: { HUGGINGFACE_URL: string; ARXIV_API_URL: string; ARXIV_RSS_URL: string; ARXIV_OAI_URL: string };
  world: World;
  /** In the order of arrival; the control paths are not among them. */
  requests: SeenRequest[];
  /** From now on; the returned function takes it back. The fault armed first strikes first. */
  arm: (fault: ArmedFault) => () => void;
  /** Takes all faults back. */
  disarm: () => void;
  /** What Hugging Face says from now on. */
  setUpvotes: (paperId: string, upvotes: number) => void;
  /** From now on arXiv says that this record is deleted. */
  deleteRecord: (paperId: string) => void;
  /** Takes back what `deleteRecord` said. */
  restoreRecords: () => void;
  /** arXiv no longer knows the resumption tokens that it has given until now. */
  forgetTokens: () => void;
  /** Also ends what hangs and drips. */
  close: () => Promise<void>;
};

export type SourceServerOptions = {
  /** 0: a free one. */
  port?: number;
  /** The newest day of the invented papers; the UTC day of `now` when left out. */
  today?: Temporal.PlainDate;
  /** Papers that are hard to draw instead of ordinary ones: see tests/fixtures/odd-papers.ts. */
  odd?: boolean;
  /** A folder with recorded answers, to play these instead. */
  recorded?: string | null;
  /** Lays the recorded days over the weekdays up to this one. */
  shiftTo?: Temporal.PlainDate;
  /** With `recorded`: no Hugging Face, and an arXiv of old records of all classes, announced up to `today`. */
  archive?: boolean;
  /** So many records are a page of arXiv's OAI-PMH server (2,000). */
  oaiPageSize?: number;
  /** Faults that are armed from the start. */
  script?: ArmedFault[];
  now?: () => Temporal.Instant;
};

/**
 * Hugging Face's and arXiv's read APIs on loopback. For another process than the one that started it:
 * `POST /_faults` (an `ArmedFault`), `DELETE /_faults`, `GET /_requests`.
 */
export async function startSourceServer(options: SourceServerOptions = {}): Promise<SourceServer> {
  const { port = 0, script = [], now = machineTime, oaiPageSize = 2000 } = options;
  const today = options.today ?? now().toZonedDateTimeISO("UTC").toPlainDate();
  const world = worldOf(options, today);
  const state = {
    world,
    now,
    faults: [...script],
    requests: [] as SeenRequest[],
    upvotes: new Map<string, number>(),
    deleted: new Set<string>(),
    tokenKey: 1,
    oaiPageSize,
  };
  const server = createServer((request, response) => {
    answer(request, response, state).catch((error) => response.writeHead(500).end(String(error)));
  });
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject).listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    settings: {
      HUGGINGFACE_URL: url,
      ARXIV_API_URL: `${url}/api/query`,
      ARXIV_RSS_URL: url,
      ARXIV_OAI_URL: `${url}/oai`,
    },
    world,
    requests: state.requests,
    arm: (fault) => {
      const armed = { ...fault };
      state.faults.push(armed);
      return () => remove(armed, state.faults);
    },
    disarm: () => void state.faults.splice(0),
    setUpvotes: (paperId, upvotes) => void state.upvotes.set(paperId, upvotes),
    deleteRecord: (paperId) => void state.deleted.add(paperId),
    restoreRecords: () => state.deleted.clear(),
    forgetTokens: () => void state.tokenKey++,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function worldOf(
  { recorded = null, archive, shiftTo, odd = false }: SourceServerOptions,
  today: Temporal.PlainDate,
): World {
  if (recorded === null) return odd ? fixtureWorld(today, oddPapers) : fixtureWorld(today);
  return archive ? recordedArchive(recorded, today) : recordedWorld(recorded, shiftTo ?? null);
}

type State = {
  world: World;
  now: () => Temporal.Instant;
  faults: ArmedFault[];
  requests: SeenRequest[];
  upvotes: Map<string, number>;
  deleted: Set<string>;
  tokenKey: number;
  oaiPageSize: number;
  open?: number;
};

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const { method = "GET", url: path = "/", headers } = request;
  const url = new URL(path, "http://127.0.0.1");
  if (url.pathname.startsWith("/_")) return control(request, response, state);
  state.open = (state.open ?? 0) + 1;
  response.once("close", () => (state.open = (state.open ?? 1) - 1));
  state.requests.push({ at: state.now(), method, path, headers, open: state.open });
  const fault = takeFault(url.pathname, state);
  const planned = method === "GET" || method === "HEAD" ? route(url, state) : notAllowed;
  const spoiled = fault ? spoil(planned, fault) : planned;
  if (fault && sendFaulty(response, spoiled, fault)) return;
  if (spoiled.headers.etag && isKnown(spoiled.headers.etag, headers["if-none-match"])) {
    const { "content-type": _, ...kept } = spoiled.headers;
    return void response.writeHead(304, kept).end();
  }
  send(response, spoiled, /\bgzip\b/.test(String(headers["accept-encoding"])));
}

function takeFault(pathname: string, state: State): ArmedFault | undefined {
  const fault = state.faults.find(({ path = "/" }) => pathname.startsWith(path));
  if (!fault) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) remove(fault, state.faults);
  return fault;
}

function remove(fault: ArmedFault, faults: ArmedFault[]): void {
  const index = faults.indexOf(fault);
  if (index >= 0) faults.splice(index, 1);
}

const notAllowed: Answer = { status: 405, headers: { allow: "GET, HEAD" }, body: "" };
const notFound: Answer = { status: 404, headers: { "content-type": "text/plain" }, body: "Not Found\n" };

function route(url: URL, state: State): Answer {
  const { world, now } = state;
  const daily = answerHuggingFace(url, withUpvotes(world, state.upvotes));
  if (daily) return { ...daily, headers: { ...daily.headers, ...rateLimit(state) } };
  const { deleted, tokenKey, oaiPageSize: pageSize } = state;
  const oai = answerArxivOai(url, world, { now: now(), pageSize, deleted, tokenKey: String(tokenKey) });
  return oai ?? answerArxivApi(url, world, now()) ?? answerArxivFeed(url, world) ?? notFound;
}

function withUpvotes(world: World, upvotes: Map<string, number>): World {
  if (upvotes.size === 0) return world;
  const changed = (day: Temporal.PlainDate) =>
    world.listDailyItems(day).map((item) => {
      const count = upvotes.get(item.paper.id) ?? item.paper.upvotes;
      return { ...item, paper: { ...item.paper, upvotes: count } };
    });
  return { ...world, listDailyItems: changed };
}

/** As documented in September 2025: 500 in fixed windows of five minutes. Counted, and never refused: faults do that. */
function rateLimit({ requests, now }: State): Record<string, string> {
  const seconds = Math.floor(now().epochMilliseconds / 1000);
  const windowStart = (seconds - (seconds % 300)) * 1000;
  const used = requests.filter(({ at }) => at.epochMilliseconds >= windowStart).length;
  return {
    ratelimit: `"api";r=${Math.max(0, 500 - used)};t=${300 - (seconds % 300)}`,
    "ratelimit-policy": '"fixed window";"api";q=500;w=300',
  };
}

/** Weak comparison (RFC 9110 8.8.3.2), which If-None-Match asks for. */
function isKnown(etag: string, header: string | undefined): boolean {
  const known = (header ?? "").split(/,\s*/).map((tag) => tag.replace(/^W\//, ""));
  return known.includes("*") || known.includes(etag.replace(/^W\//, ""));
}

type Sendable = { status: number; headers: Record<string, string>; body: string | Buffer };

function send(response: ServerResponse, { status, headers, body }: Sendable, mayZip: boolean): void {
  const bytes = Buffer.from(body);
  if (!mayZip || bytes.length < 1000) return void response.writeHead(status, headers).end(bytes);
  response.writeHead(status, { ...headers, "content-encoding": "gzip", vary: "accept-encoding" }).end(gzipSync(bytes));
}

async function control(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const { method, url } = request;
  if (url === "/_requests") {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(JSON.stringify(state.requests));
  }
  if (url !== "/_faults" || (method !== "POST" && method !== "DELETE")) return void response.writeHead(404).end();
  if (method === "DELETE") state.faults.splice(0);
  else {
    const parsed = parseFault(await Array.fromAsync(request, String));
    if (!parsed)
      return void response.writeHead(400).end('A fault looks like {"kind":"hang","path":"/rss","times":2}\n');
    state.faults.push(parsed);
  }
  response.writeHead(204).end();
}

function parseFault(chunks: string[]): ArmedFault | null {
  try {
    const fault = JSON.parse(chunks.join(""));
    return typeof fault.kind === "string" ? fault : null;
  } catch {
    return null;
  }
}
