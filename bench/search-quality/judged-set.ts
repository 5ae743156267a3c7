import { createHash } from "node:crypto";

/** A document as a contestant indexes it. The abstract lacks the sentences that are asked for. */
export type JudgedDocument = { id: string; title: string; text: string; authors: string[]; year: string };

export type Half = "tuning" | "held-out";

export type JudgedQuery = {
  id: string;
  kind: string;
  half: Half;
  text: string;
  /** How relevant a document is; those not named are not. */
  grades: ReadonlyMap<string, number>;
  /** Results other than these are passed over: nobody has said whether they are relevant. Null: all count. */
  judged: ReadonlySet<string> | null;
};

export type JudgedSet = { documents: JudgedDocument[]; queries: JudgedQuery[] };

// Another word draws other queries and other halves. The first draw's held-out half had been looked at while weights were chosen.
const draw = "second";

/** A number from 0 to 1 that is drawn by a text: the same text, the same number. */
export function drawn(seed: string): number {
  return createHash("sha256").update(`${draw} ${seed}`).digest().readUInt32BE() / 2 ** 32;
}

/** In an order drawn by `seed`. */
export function shuffled<T>(items: readonly T[], seed: string, nameOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, place: drawn(`${seed} ${nameOf(item)}`) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** By what the query was made from, so that two kinds of queries for one paper are in the same half. */
export function halfOf(origin: string): Half {
  return drawn(`half ${origin}`) < 0.5 ? "tuning" : "held-out";
}
