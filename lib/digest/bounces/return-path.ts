import { env } from "#lib/platform/env.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { sender } from "#lib/platform/sender.ts";

// 48 bits: nobody guesses them through a mail server. Hexadecimal, because mail servers may change the case of a local part;
// 32 + 12 letters leave room for a name in the 64 that RFC 5321 section 4.5.3.1.1 allows.
const signatureLength = 12;

/** Where a digest comes back to if it cannot be delivered: an address that names its delivery, signed (VERP). */
export function returnPathOf(deliveryId: string): string {
  if (!env.bounceAddress) return sender.address;
  const at = env.bounceAddress.lastIndexOf("@");
  const id = deliveryId.replaceAll("-", "");
  return `${env.bounceAddress.slice(0, at)}+${id}${signatureOf(id)}${env.bounceAddress.slice(at)}`;
}

/** The delivery that an address names, or null for an address that we did not write. */
export function readReturnPath(address: string): string | null {
  const [, id, signature] = /\+([0-9a-f]{32})([0-9a-f]{12})@/i.exec(address)?.map((part) => part.toLowerCase()) ?? [];
  if (!id || signature !== signatureOf(id)) return null;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function signatureOf(id: string): string {
  return Buffer.from(keyedHash("return-path", id), "base64url").toString("hex").slice(0, signatureLength);
}
