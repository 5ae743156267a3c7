"use client";

import { useActionState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { requestSignIn } from "#lib/accounts/actions.ts";

type Props = { next: string };

/** One address, one button. Works as a plain form too. */
export function SignInForm({ next }: Props) {
  const [state, submit, sending] = useActionState(requestSignIn, { email: "" });
  return (
    <form action={submit} noValidate className="grid gap-4">
      <input type="hidden" name="next" value={next} />
      <Field
        key={state.email}
        label="Your e-mail address"
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={state.email}
        error={state.error}
        required
      />
      <div>
        <Button type="submit" aria-disabled={sending}>
          Mail me a link
        </Button>
      </div>
    </form>
  );
}
