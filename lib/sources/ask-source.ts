import type { Validator } from "#lib/papers/commands.ts";
import { type FetchedAnswer, fetchBounded } from "#lib/platform/http-client.ts";
import { decodeText } from "#lib/platform/text-encoding.ts";
import { pauseHost, waitForTurn } from "#lib/sources/hosts/commands.ts";
import { findValidator } from "#lib/sources/queries.ts";
import { pauseSeconds, retryAfterSeconds } from "#lib/sources/retry-after.ts";
import type { SourceDoor } from "#lib/sources/source-door.ts";
import { type SourceAnswer, SourcePaused, UnexpectedAnswer } from "#lib/sources/types.ts";

export type AskOptions = {
  now: Temporal.Instant;
  accept: string;
  /** Ask with the validators of the last answer that was stored; an unchanged answer is then only said to be so. */
  conditional: boolean;
  /** How long to wait for a turn or a short pause. */
  patienceMs: number;
  /** Called before each request that goes out. */
  onRequest: () => void;
};

/**
 * Asks a source as it wants to be asked: in turn, with the validators of last time, obeying its pauses. Throws
 * `SourceUnreachable`, `SourcePaused`, or `UnexpectedAnswer` for any status but 200 and 304.
 */
export async function askSource(url: string, door: SourceDoor, options: AskOptions): Promise<SourceAnswer> {
  for (let attempt = 1; ; attempt++) {
    const turn = await waitForTurn(door.hostKey, { spacingMs: door.spacingMs, patienceMs: options.patienceMs });
    if (turn.status === "paused") throw new SourcePaused(door.label, turn.until);
    const known = options.conditional ? await findValidator(url) : null;
    const answer = await request(url, door, { ...options, known });
    const refused = answer.status === 429 || answer.status === 503;
    const pause = refused ? retryAfterSeconds(answer.headers, options.now) : pauseSeconds(answer.headers);
    if (pause > 0) await pauseHost(door.hostKey, pause);
    // A short pause is waited for, once; after a long one the next turn says "paused".
    if (refused && attempt === 1) continue;
    return read(url, door, { answer, known });
  }
}

async function request(url: string, door: SourceDoor, { accept, known, onRequest }: AskOptions & Known) {
  onRequest();
  return fetchBounded(url, {
    headers: {
      accept,
      // Word for word as they came: a tag is the source's, whatever it looks like.
      ...(known?.etag && { "if-none-match": known.etag }),
      ...(known?.lastModified && { "if-modified-since": known.lastModified }),
    },
    totalMs: door.totalMs,
    mayRedirectTo: door.mayRedirectTo,
  });
}

type Known = { known: Validator | null };

function read(url: string, { label }: SourceDoor, { answer, known }: Known & { answer: FetchedAnswer }): SourceAnswer {
  const { status, headers, body } = answer;
  if (status === 304 && known) return { status: "not-modified", validator: known };
  if (status !== 200) throw new UnexpectedAnswer(`${label} answered with status ${status}.`);
  const validator: Validator = { url, etag: headers.get("etag"), lastModified: headers.get("last-modified") };
  return { status: "ok", text: decodeText(body, headers.get("content-type")), validator };
}
