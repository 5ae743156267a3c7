import { domainToASCII } from "node:url";

/** `email` is where mail goes, its domain in the form that mail servers read; `key` is what counts as one address. */
export type EmailAddress = { email: string; key: string };

// What SMTP allows in an unquoted local part (RFC 5321 atom), and everything beyond ASCII but spaces and controls (RFC 6531).
const localPattern = /^[\w!#$%&'*+\-/=?^`{|}~\u{A1}-\u{10FFFF}]+(\.[\w!#$%&'*+\-/=?^`{|}~\u{A1}-\u{10FFFF}]+)*$/u;
const domainPattern = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/**
 * An address as a person types it, or null. The key is trimmed, in small letters, its domain in Punycode, and nothing
 * more: `a.b+c@gmail.com` and `ab@gmail.com` may be two people elsewhere, so they are two addresses here.
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  const typed = text.trim();
  const at = typed.lastIndexOf("@");
  const local = typed.slice(0, Math.max(at, 0));
  const domain = domainToASCII(typed.slice(at + 1)).toLowerCase();
  if (Buffer.byteLength(local) > 64 || domain.length > 253) return null;
  if (!localPattern.test(local) || /[\p{Z}\p{C}]/u.test(local) || !domainPattern.test(domain)) return null;
  return { email: `${local}@${domain}`, key: `${local.normalize("NFC").toLowerCase()}@${domain}` };
}

/** The domain of an address that was parsed before. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}
