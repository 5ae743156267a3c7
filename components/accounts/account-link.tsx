"use client";

import { useMe } from "#components/accounts/me-store.ts";
import { routes } from "#lib/platform/routes.ts";

/** The masthead's way in: to one's account, or to signing in. As wide in both cases, so that nothing moves. */
export function AccountLink() {
  const me = useMe();
  return (
    <a href={me?.signedIn ? routes.account() : routes.signIn()} className="inline-block min-w-16 text-right">
      {me?.signedIn ? "Account" : "Sign in"}
    </a>
  );
}
