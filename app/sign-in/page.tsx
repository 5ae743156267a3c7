import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/accounts/sign-in-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { currentAccount } from "#lib/accounts/queries.ts";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const next = safeNextPath((await searchParams).next, routes.home());
  if (await currentAccount(await headers())) redirect(next === routes.home() ? routes.account() : next);
  return (
    <PageFrame title="Sign in">
      <p>
        We mail you a link that signs you in. There is no password. If you have no account yet, the link opens one: it
        holds your address and your upvotes, nothing else.
      </p>
      <SignInForm next={next} />
    </PageFrame>
  );
}
