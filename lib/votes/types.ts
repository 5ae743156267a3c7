/** What a vote leads to: whether this person's upvote stands, and how many of ours the paper has now. */
export type VoteOutcome = { upvoted: boolean; ours: number };

/** What is personal on a public page (`/api/me`). `ours`: our upvotes of the papers in `upvoted`, counted now. */
export type Me = { signedIn: boolean; email?: string; upvoted: string[]; ours: Record<string, number> };
