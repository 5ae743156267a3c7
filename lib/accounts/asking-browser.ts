import { createHash, randomBytes } from "node:crypto";
import { keyedHash } from "#lib/platform/secret.ts";

/**
 * A sign-in link works with one press in the browser that asked for it. Elsewhere (mail read on the phone) it wants the
 * number that the asking browser shows, so that nobody is signed in to a stranger's account by a link that was sent on.
 * The browser is known by a random cookie; the rows hold only keyed hashes of it and of its number.
 */
export type AskingBrowser = { browserHash: string; codeHash: string };

/** A value for the cookie of a browser that asks for the first time: 128 bits. */
export function newBrowserMark(): string {
  return randomBytes(16).toString("base64url");
}

export function askingBrowser(mark: string): AskingBrowser {
  return { browserHash: keyedHash("asking-browser", mark), codeHash: codeHashOf(codeOf(mark)) };
}

/** The six digits that the asking browser shows. */
export function codeOf(mark: string): string {
  const number = createHash("sha256").update(keyedHash("asking-code", mark)).digest().readUInt32BE(0);
  return String(number % 1_000_000).padStart(6, "0");
}

export function isAskingBrowser(asked: AskingBrowser, mark: string | null): boolean {
  return mark !== null && askingBrowser(mark).browserHash === asked.browserHash;
}

/** Whether `code` is the number of the browser that asked. Guesses must be counted by the caller. */
export function isCodeOf(asked: AskingBrowser, code: string): boolean {
  return codeHashOf(code) === asked.codeHash;
}

function codeHashOf(code: string): string {
  return keyedHash("asking-code-given", code);
}
