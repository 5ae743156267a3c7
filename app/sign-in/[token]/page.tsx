import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { markCookieName } from "#lib/accounts/cookies.ts";
import { linkMinutes } from "#lib/accounts/lifetimes.ts";
import { findSignInLink } from "#lib/accounts/queries.ts";
import type { SignInLink } from "#lib/accounts/types.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

// The address of this page is the key: it must not travel on. (With no-referrer a browser would send the form's Origin
// as null, which nobody accepts.)
export const metadata: Metadata = { title: "Sign in", robots: { index: false }, referrer: "strict-origin" };

/** What the mailed link opens. Looking at it changes nothing: mail scanners open every link. */
export default async function SignInLinkPage({ params, searchParams }: PageProps<"/sign-in/[token]">) {
  const { token } = await params;
  const mark = (await cookies()).get(markCookieName)?.value ?? null;
  const link = await findSignInLink(token, { mark, now: now() });
  if (link.status !== "ready") return <DeadLink status={link.status} />;
  const error =
    (await searchParams).problem === "code" ? "That is not the number. Look at the page where you asked." : undefined;
  return (
    <PageFrame title="Sign in">
      <p>
        This signs you in as <strong>{link.email}</strong> in this browser. If that is not your address, close this
        page.
      </p>
      <form method="post" action={routes.confirmSignIn()} className="grid gap-4">
        <input type="hidden" name="token" value={token} />
        {!link.sameBrowser && (
          <Field
            label="The number on the page where you asked for this link"
            hint="Six digits. This is another browser, so we make sure that it was you who asked."
            name="code"
            inputMode="numeric"
            autoComplete="off"
            required
            error={error}
          />
        )}
        <div>
          <Button type="submit">Sign in</Button>
        </div>
      </form>
    </PageFrame>
  );
}

const sentences = {
  expired: `This link has expired: it worked for ${linkMinutes} minutes. We can mail you a new one.`,
  unknown:
    "We do not know this link. It may have been used already, since each works once, or a part of it is missing.",
} satisfies Record<Exclude<SignInLink["status"], "ready">, string>;

function DeadLink({ status }: { status: keyof typeof sentences }) {
  return (
    <PageFrame title="This link does not work">
      <p>{sentences[status]}</p>
      <form action={routes.signIn()}>
        <Button type="submit">Ask for a new link</Button>
      </form>
    </PageFrame>
  );
}
