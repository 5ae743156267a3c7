import { z } from "zod";
import type { FormVersion } from "#lib/subscribers/types.ts";

/** What the subscription form sends. The address itself is judged by requestSubscription. */
export const subscriptionFormSchema = z.object({
  email: z.string().max(320).catch(""),
  /** A search, for its papers alone. */
  q: z.string().max(2000).catch(""),
  form: z.enum(["front-page-1", "subscribe-page-1", "search-page-1"] satisfies FormVersion[]).catch("subscribe-page-1"),
});
