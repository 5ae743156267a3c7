"use client";

import { type FormEvent, useState } from "react";
import { noteVote, useVote, whoAmI } from "#components/accounts/me-store.ts";
import type { UpvoteCount } from "#lib/papers/types.ts";
import { routes } from "#lib/platform/routes.ts";
import type { VoteOutcome } from "#lib/votes/types.ts";

type Props = { paperId: string; upvotes: UpvoteCount };

/** What the reader pressed and is not yet answered, or what went wrong with it. */
type Press = { kind: "none" } | { kind: "sent"; wanted: VoteOutcome } | { kind: "failed" } | { kind: "done" };

/**
 * The upvotes of a paper, and the reader's own. The HTML around it is the same for everybody: without JavaScript the
 * form leads to a page that knows the reader, with it the button does.
 */
export function UpvoteButton({ paperId, upvotes }: Props) {
  const known = useVote(paperId, { printed: upvotes.ours });
  const [press, setPress] = useState<Press>({ kind: "none" });
  const { upvoted, ours } = press.kind === "sent" ? press.wanted : known;
  const count = grouped(upvotes.sources + ours);

  async function vote(event: FormEvent) {
    event.preventDefault();
    if (press.kind === "sent") return;
    const wanted = { upvoted: !upvoted, ours: ours + (upvoted ? -1 : 1) };
    setPress({ kind: "sent", wanted });
    const reader = await whoAmI();
    const outcome = reader.signedIn ? await sendVote(paperId, wanted.upvoted ? "up" : "none") : "signed-out";
    if (outcome === "signed-out") {
      // The browser keeps this page as it is for its Back button: not with an upvote that was never cast.
      setPress({ kind: "none" });
      goToSignIn(paperId);
      return;
    }
    if (outcome !== "failed") noteVote(paperId, outcome);
    setPress({ kind: outcome === "failed" ? "failed" : "done" });
  }

  return (
    <form method="post" action={routes.castVote(paperId)} onSubmit={vote} className="vote">
      <button
        type="submit"
        aria-label={upvoted ? "Take upvote back" : "Upvote"}
        title={partsOf({ sources: upvotes.sources, ours })}
        data-count={count}
        className={upvoted ? "vote-button vote-mine" : "vote-button"}
      >
        {/* Drawn by the style sheet, from the attribute: the number is no part of what speech control calls the button by
            (WCAG 2.5.3). The text is for everything that reads text. */}
        <span className="sr-only">{count}</span>
      </button>
      {press.kind !== "none" && (
        <span role="status" className={press.kind === "failed" ? "text-accent mt-1 text-sm" : "sr-only"}>
          {press.kind === "failed" && "Not counted. Try again."}
          {press.kind === "done" && (upvoted ? "Upvoted." : "Upvote taken back.")}
        </span>
      )}
    </form>
  );
}

function partsOf({ sources, ours }: UpvoteCount): string {
  return `${grouped(sources)} on the sources, ${grouped(ours)} here`;
}

/** 1,234. Fifty buttons that ask the browser how English writes numbers keep a phone busy for as long as all else they do. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** Through signing in to the page with this paper's button, and from there back here. */
function goToSignIn(paperId: string): void {
  window.location.assign(routes.signIn(routes.vote(paperId, window.location.pathname + window.location.search)));
}

async function sendVote(paperId: string, want: "up" | "none"): Promise<VoteOutcome | "signed-out" | "failed"> {
  try {
    const answer = await fetch(routes.castVote(paperId), {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ want }),
    });
    if (answer.status === 401) return "signed-out";
    return answer.ok ? await answer.json() : "failed";
  } catch {
    return "failed";
  }
}
