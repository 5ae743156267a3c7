import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { currentAccount } from "#lib/accounts/queries.ts";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next: wanted, problem } = await searchParams;
  const next = safeNextPath(wanted, routes.home());
  if (await currentAccount(await headers())) redirect(next === routes.home() ? routes.account() : next);
  return (
    <PageFrame title="Sign in">
      <p>
        We mail you a link that signs you in. There is no password. If you have no account yet, the link opens one: it
        holds your address and your upvotes, nothing else.
      </p>
      <form method="post" action={routes.requestSignIn()} className="grid gap-4">
        <input type="hidden" name="next" value={next} />
        <Field
          label="Your email address"
          name="email"
          type="email"
          autoComplete="email"
          required
          error={problem === "address" ? "That address looks incomplete. Try name@example.com" : undefined}
        />
        <div>
          <Button type="submit">Mail me a link</Button>
        </div>
      </form>
    </PageFrame>
  );
}
