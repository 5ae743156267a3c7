import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { currentAccount } from "#lib/accounts/queries.ts";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";
import { markedTitle } from "#lib/papers/marked-title.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import { listPaperCards } from "#lib/papers/queries.ts";
import { routes } from "#lib/platform/routes.ts";
import { listMyUpvotes } from "#lib/votes/queries.ts";

export const metadata: Metadata = { title: "Your vote", robots: { index: false } };

/** The vote page for readers without JavaScript: it knows who they are and has the one right button. */
export default async function VotePage({ params, searchParams }: PageProps<"/vote/[...id]">) {
  const paperId = parsePaperId((await params).id.join("/"))?.id ?? notFound();
  const next = safeNextPath((await searchParams).next, routes.paper(paperId));
  const account = (await currentAccount(await headers())) ?? redirect(routes.signIn(routes.vote(paperId, next)));
  const paper = (await listPaperCards([paperId]))[0] ?? notFound();
  const upvoted = (await listMyUpvotes(account.id, [paperId])).length > 0;
  return (
    <PageFrame title={markedTitle(paper)}>
      <p>
        {upvoted ? "You upvoted this paper." : "You have not upvoted this paper."} Upvotes:{" "}
        {paper.upvotes.sources.toLocaleString("en")} on the sources, {paper.upvotes.ours.toLocaleString("en")} here.
      </p>
      <form method="post" action={routes.castVote(paperId)}>
        <input type="hidden" name="want" value={upvoted ? "none" : "up"} />
        <input type="hidden" name="next" value={next} />
        <Button type="submit">{upvoted ? "Take upvote back" : "Upvote"}</Button>
      </form>
      <p>
        <a href={next}>Back without a change</a>
      </p>
    </PageFrame>
  );
}
