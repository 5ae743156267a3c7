import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "#lib/platform/env.ts";

let master: Buffer | undefined;
const keys = new Map<string, Buffer>();

/** A key for one purpose, derived (HKDF, RFC 5869) from SECRET or, without it, from a random one kept in DATA_DIR/secret. */
export function keyFor(purpose: string): Buffer {
  master ??= env.secret ? Buffer.from(env.secret) : readOrMakeSecret(join(env.dataDir, "secret"));
  // Purposes are few, and each mail signs for two.
  const key = keys.get(purpose) ?? Buffer.from(hkdfSync("sha256", master, "broadsheet", purpose, 32));
  keys.set(purpose, key);
  return key;
}

/** A keyed hash (HMAC-SHA-256, base64url), e.g. of an address that must be recognised but not kept. */
export function keyedHash(purpose: string, text: string): string {
  return createHmac("sha256", keyFor(purpose)).update(text).digest("base64url");
}

/** `text` and its signature in one URL-safe word. Nothing is stored: it says what it says for ever, or until `text` has a date. */
export function signToken(purpose: string, text: string): string {
  return `${Buffer.from(text).toString("base64url")}.${keyedHash(purpose, text).slice(0, 32)}`;
}

/** The text that was signed for this purpose, or null for anything else. */
export function readToken(purpose: string, token: string): string | null {
  const [body, signature, ...rest] = token.split(".");
  if (!body || !signature || rest.length > 0 || token.length > 2000) return null;
  const text = Buffer.from(body, "base64url").toString();
  const expected = Buffer.from(keyedHash(purpose, text).slice(0, 32));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? text : null;
}

/** The secret as a backup keeps it: its words, or, where they come from the environment, a hash by which they are known again. */
export function secretForBackup(): { kind: "kept"; words: string } | { kind: "environment"; hash: string } {
  const hash = keyedHash("backup", "the same secret");
  return env.secret ? { kind: "environment", hash } : { kind: "kept", words: `${master}` };
}

/** Makes the secret of a backup this place's; false where this place has another one already. Writes nothing but a missing file. */
export function takeSecretOfBackup(secret: ReturnType<typeof secretForBackup>): boolean {
  if (secret.kind === "environment") {
    return env.secret !== undefined && keyedHash("backup", "the same secret") === secret.hash;
  }
  if (env.secret) return env.secret === secret.words;
  const path = join(env.dataDir, "secret");
  mkdirSync(env.dataDir, { recursive: true });
  if (!existsSync(path)) writeFileSync(path, secret.words, { flag: "wx", mode: 0o600 });
  return readFileSync(path, "utf8") === secret.words;
}

function readOrMakeSecret(path: string): Buffer {
  mkdirSync(env.dataDir, { recursive: true });
  try {
    writeFileSync(path, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch {
    // It is there already: made by an earlier start or by another process just now.
  }
  return readFileSync(path);
}
