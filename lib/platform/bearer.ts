import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a header says `Bearer` and the secret. Compared as hashes, so that neither content nor length shows in the time it takes. */
export function isBearer(header: string | null, secret: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(header ?? ""), hash(`Bearer ${secret}`));
}
