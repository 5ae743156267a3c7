import type { MailContent } from "#lib/platform/compose-mail.ts";

/** Mails that somebody asked for at this moment, and waits for. */
export type LetterKind = "sign-in" | "confirm-subscription";

/** What a letter needs to know beside the address. Kept as JSON. */
export type LetterDetails = Record<string, string>;

export type LetterRequest = { id: string; email: string; details: LetterDetails; requestedAt: Temporal.Instant };

/** Writes one kind of letter, when it is sent: a token made then is nowhere in the table. */
export type LetterWriter = (request: LetterRequest, context: { now: Temporal.Instant }) => Promise<MailContent>;

export type LetterWriters = Record<LetterKind, LetterWriter>;
