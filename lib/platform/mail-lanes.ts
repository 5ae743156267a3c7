import { domainOf } from "#lib/platform/email-address.ts";
import { atShutdown } from "#lib/platform/front/shutdown.ts";
import type { HandOverOutcome, Mailer } from "#lib/platform/mailer.ts";
import type { Claim } from "#lib/platform/sending-protocol.ts";

/** What the lanes need of a table of mails. */
export type MailBook<C extends Claim & { email: string }> = {
  /** Whose connections are counted: letters are not held up by digests. */
  name: string;
  mailer: Mailer;
  /** Claims at most `count` mails, none for a domain of `avoid`. None: there is nothing to send at this moment. */
  claim: (count: number, avoid: readonly string[]) => Promise<C[]>;
  /** Sends one. Never throws for what a mail server does. */
  send: (claimed: C) => Promise<HandOverOutcome>;
  /** Writes down what became of it. */
  settle: (claimed: C, outcome: HandOverOutcome) => Promise<void>;
  /** Renews a claim whose mail takes long, so that no other process takes it over. */
  keep: (claimed: C) => Promise<unknown>;
  /** Gives back claims that were not begun. */
  release: (claims: readonly C[]) => Promise<unknown>;
};

type Bounds = {
  /** How many mails to try. */
  limit: number;
  /** The sweep ends after that; what hangs then is left to itself: it settles its own row, and is not in the counts. */
  seconds?: number | undefined;
  /** In seconds. What takes longer than `slow` does not hold up the mails of other domains. */
  pace: { lease: number; slow: number };
};

const LANES = 4;
// Mails under way in this process, with those that wait for a slow server.
const MOST = 16;
const BATCH = 20;

const closing = new AbortController();
const sweeps = new Set<Promise<unknown>>();
/** Mails under way of each domain, over all sweeps of a book: a server that is silent gets no more than `LANES` connections. */
type Flying = Map<string, number>;
const flights = new WeakMap<Mailer, Map<string, Flying>>();

// A process that ends between the last dot and the server's word leaves a mail uncertain: what is under way is finished.
atShutdown("mail", async () => {
  closing.abort();
  await Promise.allSettled(sweeps);
});

/** Whether a server says "not so fast": 421, or an enhanced 4.7.x (RFC 3463: security or policy). */
export function asksToSlowDown(outcome: HandOverOutcome): boolean {
  return outcome.outcome === "deferred" && (outcome.code === 421 || /(?<![\d.])4\.7\.\d/.test(outcome.reply));
}

/**
 * Claims and sends until nothing is due, `limit` have been tried, the time is over or the process ends: a few mails at a time, and a
 * slow or refusing domain slows itself only. Mails of a domain that is slow come after all others; a domain that asks for patience, or
 * whose connection breaks, gets nothing more in this sweep. Connections that break for two domains in turn are the server's trouble: the
 * rest can wait for the next sweep.
 */
export async function sendInLanes<C extends Claim & { email: string }>(
  book: MailBook<C>,
  { limit, seconds, pace }: Bounds,
): Promise<Record<HandOverOutcome["outcome"], number>> {
  const over = new AbortController();
  const sweep = new Sweep(book, { limit, pace, isOver: () => over.signal.aborted || closing.signal.aborted });
  const finished = sweep.run().finally(() => sweeps.delete(finished));
  sweeps.add(finished);
  const time = Promise.withResolvers<void>();
  const timer = seconds === undefined ? undefined : setTimeout(time.resolve, seconds * 1000);
  try {
    await Promise.race([finished, time.promise]);
  } finally {
    clearTimeout(timer);
    over.abort();
    sweep.wake();
  }
  return { ...sweep.counts };
}

class Sweep<C extends Claim & { email: string }> {
  readonly counts = { accepted: 0, refused: 0, deferred: 0, unknown: 0, fenced: 0 };
  private readonly book: MailBook<C>;
  private readonly flying: Flying;
  private readonly bounds: Pick<Bounds, "pace"> & { isOver: () => boolean };
  private left: number;
  private queue: C[] = [];
  private readonly underWay = new Set<Promise<void>>();
  /** Lanes that are taken. A mail that turns out to be slow leaves its lane to the next one. */
  private busy = 0;
  private readonly slow = new Set<string>();
  private slowOnes: "wait" | "go" = "wait";
  private readonly shut = new Set<string>();
  private lastBroken = "";
  private failure: { error: unknown } | undefined;
  private stopped = false;
  private refilling: Promise<void> | undefined;
  /** There was nothing to claim, and no mail has ended since. */
  private dry = false;
  private landed = 0;
  private change = Promise.withResolvers<void>();

  constructor(book: MailBook<C>, { limit, ...bounds }: { limit: number; pace: Bounds["pace"]; isOver: () => boolean }) {
    this.book = book;
    this.flying = flyingOf(book);
    this.bounds = bounds;
    this.left = limit;
  }

  async run(): Promise<void> {
    while (!this.stopped && !this.bounds.isOver()) {
      await this.giveBack(this.queue.filter(({ email }) => this.isAvoided(domainOf(email))));
      this.refill();
      const next = this.pick();
      if (next) this.begin(next);
      else if (this.refilling || this.underWay.size > 0) await this.change.promise;
      else break;
    }
    await this.refilling;
    await this.giveBack(this.queue);
    await Promise.all(this.underWay);
    if (this.failure) throw this.failure.error;
  }

  /** Something has changed: look again. */
  wake(): void {
    this.change.resolve();
    this.change = Promise.withResolvers();
  }

  private isAvoided(domain: string): boolean {
    // Where lanes are free and a domain has none left, its mails are the slow ones of this sweep or of one before.
    const isStuck = this.busy < LANES && this.isFull(domain);
    return isStuck || this.shut.has(domain) || (this.slowOnes === "wait" && this.slow.has(domain));
  }

  private isFull(domain: string): boolean {
    return (this.flying.get(domain) ?? 0) >= LANES;
  }

  private pick(): C | undefined {
    if (this.busy >= LANES || this.underWay.size >= MOST || sumOf(this.flying) >= MOST) return undefined;
    const index = this.queue.findIndex(({ email }) => !this.isFull(domainOf(email)));
    return index < 0 ? undefined : this.queue.splice(index, 1)[0];
  }

  private begin(claimed: C): void {
    const domain = domainOf(claimed.email);
    this.flying.set(domain, (this.flying.get(domain) ?? 0) + 1);
    this.busy++;
    let inLane = true;
    const leaveLane = () => {
      if (inLane) this.busy--;
      inLane = false;
      this.wake();
    };
    const { lease, slow } = this.bounds.pace;
    const looking = setTimeout(() => {
      this.slow.add(domain);
      leaveLane();
    }, slow * 1000);
    const keeping = setInterval(() => void this.book.keep(claimed).catch(() => undefined), (lease * 1000) / 3);
    const land = () => {
      clearTimeout(looking);
      clearInterval(keeping);
      this.land(domain);
      leaveLane();
    };
    const work = this.book
      .send(claimed)
      .then((outcome) => this.note(domain, outcome))
      .finally(land)
      // Its connection has the next mail by now.
      .then((outcome) => this.book.settle(claimed, outcome))
      .catch((error: unknown) => this.giveUp({ error }))
      .finally(() => {
        this.underWay.delete(work);
        this.dry = false;
        this.landed++;
        this.wake();
      });
    this.underWay.add(work);
  }

  private land(domain: string): void {
    const count = (this.flying.get(domain) ?? 1) - 1;
    if (count > 0) this.flying.set(domain, count);
    else this.flying.delete(domain);
  }

  private note(domain: string, outcome: HandOverOutcome): HandOverOutcome {
    this.counts[outcome.outcome]++;
    if (outcome.outcome === "accepted") this.lastBroken = "";
    if (asksToSlowDown(outcome)) this.shut.add(domain);
    if (outcome.outcome !== "unknown" || outcome.unwritten) return outcome;
    this.shut.add(domain);
    if (this.lastBroken && this.lastBroken !== domain) this.stopped = true;
    this.lastBroken = domain;
    return outcome;
  }

  private giveUp(failure: { error: unknown }): void {
    this.failure ??= failure;
    this.stopped = true;
  }

  /** Claims the next ones while the last are sent. */
  private refill(): void {
    if (this.refilling || this.dry || this.left <= 0 || this.queue.length >= LANES) return;
    const asked = Math.min(this.left, BATCH);
    const known = new Set([...this.shut, ...this.slow, ...this.flying.keys()]);
    const avoided = [...known].filter((domain) => this.isAvoided(domain));
    const { landed } = this;
    this.refilling = this.book
      .claim(asked, avoided)
      .then((claims) => {
        this.left -= claims.length;
        this.queue.push(...claims);
        if (claims.length > 0) return;
        // The rest is of domains that are slow: now is their time.
        if (this.slowOnes === "wait" && this.slow.size > 0) this.slowOnes = "go";
        // What was avoided when we asked may be free by now.
        else this.dry = this.landed === landed;
      })
      .catch((error: unknown) => this.giveUp({ error }))
      .finally(() => {
        this.refilling = undefined;
        this.wake();
      });
  }

  private async giveBack(back: readonly C[]): Promise<void> {
    if (back.length === 0) return;
    this.queue = this.queue.filter((claimed) => !back.includes(claimed));
    this.left += back.length;
    await this.book.release(back).catch((error: unknown) => this.giveUp({ error }));
  }
}

function flyingOf({ name, mailer }: Pick<MailBook<never>, "name" | "mailer">): Flying {
  const books = flights.get(mailer) ?? new Map<string, Flying>();
  const flying = books.get(name) ?? new Map<string, number>();
  flights.set(mailer, books.set(name, flying));
  return flying;
}

function sumOf(flying: Flying): number {
  return flying.values().reduce((sum, count) => sum + count, 0);
}
