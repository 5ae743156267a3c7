import { z } from "zod";
import { rhythms } from "#lib/subscribers/preferences/read-preferences.ts";
import type { FormVersion } from "#lib/subscribers/types.ts";

/** What the subscription form sends. The address itself is judged by requestSubscription. */
export const subscriptionFormSchema = z.object({
  email: z.string().max(320).catch(""),
  /** A search, for its papers alone. */
  q: z.string().max(2000).catch(""),
  rhythm: z.enum(rhythms).catch("daily"),
  form: z
    .enum(["front-page-1", "subscribe-page-1", "subscribe-page-2", "search-page-1"] satisfies FormVersion[])
    .catch("subscribe-page-2"),
});
