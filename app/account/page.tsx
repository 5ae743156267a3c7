import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { countOtherSessions, currentSession } from "#lib/accounts/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { listUpvotedPapers } from "#lib/votes/queries.ts";

export const metadata: Metadata = { title: "Your account", robots: { index: false } };

const shownPapers = 100;

export default async function AccountPage() {
  const session = (await currentSession(await headers())) ?? redirect(routes.signIn(routes.account()));
  const { id, email } = session.account;
  const others = await countOtherSessions(id, { sessionId: session.id, now: now() });
  const papers = await listUpvotedPapers(id, { limit: shownPapers });
  return (
    <PageFrame title="Your account">
      <p>
        You are signed in as <strong>{email}</strong>.
      </p>
      <form method="post" action={routes.signOut()}>
        <Button type="submit">Sign out</Button>
      </form>
      {others > 0 && (
        <form method="post" action={routes.signOutElsewhere()} className="grid gap-3">
          <p>{others === 1 ? "One other browser is" : `${others} other browsers are`} signed in to this account.</p>
          <div>
            <Button type="submit" quiet>
              Sign out there
            </Button>
          </div>
        </form>
      )}
      <UpvotedPapers papers={papers} />
      <p>
        <a href={routes.exportAccount()} download>
          Download everything we know of you
        </a>
        : account, upvotes, subscriptions with their preferences, and which mails went to {email}, as JSON.
      </p>
      <DeleteAccount />
    </PageFrame>
  );
}

function UpvotedPapers({ papers }: { papers: { id: string; title: string }[] }) {
  return (
    <section className="grid gap-3">
      <h2 className="text-xl font-semibold">Papers you upvoted</h2>
      {papers.length === 0 && <p>None yet.</p>}
      <ul className="grid gap-2">
        {papers.map(({ id, title }) => (
          <li key={id}>
            <a href={routes.paper(id)}>{title}</a>
          </li>
        ))}
      </ul>
      {papers.length === shownPapers && <p className="text-muted">The latest {shownPapers} are shown.</p>}
    </section>
  );
}

function DeleteAccount() {
  return (
    <details>
      <summary className="font-semibold">Delete my account</summary>
      <form method="post" action={routes.deleteAccount()} className="mt-3 grid gap-3">
        <p>
          This removes your address and your upvotes at once, and signs you out everywhere. It cannot be undone. Ranks
          of past editions stay as they were printed. If you get the digest by mail, you keep getting it until you press
          unsubscribe in it.
        </p>
        <div>
          <Button type="submit">Delete my account now</Button>
        </div>
      </form>
    </details>
  );
}
