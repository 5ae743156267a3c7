import { currentAccount } from "#lib/accounts/queries.ts";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";
import type { SignedIn } from "#lib/accounts/types.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { now } from "#lib/platform/clock.ts";
import { allow } from "#lib/platform/rate-limit.ts";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { castUpvote, withdrawUpvote } from "#lib/votes/commands.ts";
import { type Wish, wishSchema } from "#lib/votes/schema.ts";
import type { VoteOutcome } from "#lib/votes/types.ts";

const sentences = {
  401: "Sign in to upvote: we mail you a link.",
  404: "We have no paper with that id. Copy the id again, or search for its title.",
  429: "That is a great many votes for one hour. Try again later.",
};

/**
 * A vote. Without a wish (the form on a cached page, which does not know who reads it) it leads to the small page that
 * does. With one it is cast or taken back, and leads to `next`, or is answered as JSON to whoever accepts that.
 */
export async function POST(request: Request, { params }: RouteContext<"/api/vote/[...id]">): Promise<Response> {
  const paperId = parsePaperId((await params).id.join("/"))?.id;
  if (!paperId) return refuse(request, 404);
  const form = await request.formData().catch(() => new FormData());
  const wish = wishSchema.safeParse(Object.fromEntries(form));
  const next = safeNextPath(wish.data?.next ?? pathOf(request.headers.get("referer")), routes.paper(paperId));
  const account = await currentAccount(request.headers);
  if (!account && acceptsJson(request)) return refuse(request, 401);
  if (!account) return seeOther(routes.signIn(routes.vote(paperId, next)));
  if (!wish.success) return seeOther(routes.vote(paperId, next));
  const { allowed, retryAfterSeconds } = await allow("votes", account.id, { points: 600, seconds: 3600 });
  if (!allowed) return refuse(request, 429, { "Retry-After": String(retryAfterSeconds) });
  const outcome = await vote(wish.data, { account, paperId });
  if (!outcome) return refuse(request, 404);
  return acceptsJson(request) ? Response.json(outcome, { headers: noStore }) : seeOther(next);
}

const noStore = { "Cache-Control": "no-store" };

function vote(wish: Wish, { account, paperId }: { account: SignedIn; paperId: PaperId }): Promise<VoteOutcome | null> {
  if (wish.want === "none") return withdrawUpvote({ accountId: account.id, paperId });
  return castUpvote({ accountId: account.id, paperId, now: now() });
}

function acceptsJson(request: Request): boolean {
  return request.headers.get("accept")?.includes("application/json") ?? false;
}

function refuse(request: Request, status: keyof typeof sentences, headers: Record<string, string> = {}): Response {
  // A person may come here too, by a form: the sentence is then a page, though the address begins with /api.
  const wants = { accept: request.headers.get("accept") ?? undefined, path: "" };
  const { contentType, body } = refusalPage({ status, sentence: sentences[status] }, wants);
  return new Response(body, { status, headers: { ...headers, ...noStore, "Content-Type": contentType } });
}

/** The page that the form stood on. Its origin does not matter: only the path is used, on our own. */
function pathOf(referer: string | null): string | undefined {
  const url = referer ? URL.parse(referer) : null;
  return url ? `${url.pathname}${url.search}` : undefined;
}
