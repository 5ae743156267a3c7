import { createElement } from "react";
import { render } from "react-email";
import { SignIn, signInText } from "#emails/sign-in.tsx";
import { makeSignInToken } from "#lib/accounts/commands.ts";
import { linkMinutes } from "#lib/accounts/lifetimes.ts";
import { askedSchema } from "#lib/accounts/schema.ts";
import type { LetterWriter } from "#lib/letters/types.ts";
import type { MailContent } from "#lib/platform/compose-mail.ts";
import { env } from "#lib/platform/env.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

/** Writes the letter with a sign-in link. The link begins to live now, not when it was asked for. */
export const writeSignIn: LetterWriter = async ({ email, details }) =>
  signInLetter(await makeSignInToken(email, askedSchema.parse(details)));

/** The letter that carries a sign-in token. */
export async function signInLetter(token: string): Promise<MailContent> {
  const props = {
    siteName: site.name,
    signInUrl: `${env.siteUrl}${routes.signInLink(token)}`,
    minutes: linkMinutes,
  };
  return {
    subject: `Sign in to ${site.name}`,
    html: await render(createElement(SignIn, props)),
    text: signInText(props),
  };
}
