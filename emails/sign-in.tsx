import { Letter, LetterButton, LetterNote, Paragraph } from "#emails/letter.tsx";

type Props = { siteName: string; signInUrl: string; minutes: number };

/** Carries the link that signs somebody in. */
export function SignIn({ siteName, signInUrl, minutes }: Props) {
  return (
    <Letter
      preview={`Your link to ${siteName}, good for ${minutes} minutes`}
      siteName={siteName}
      footer="If it was not you, do nothing: nobody can sign in without this mail."
    >
      <LetterNote>
        <Paragraph>Here is the link with which you sign in to {siteName}.</Paragraph>
        <LetterButton href={signInUrl}>Sign in</LetterButton>
        <Paragraph>It works once, for {minutes} minutes.</Paragraph>
      </LetterNote>
    </Letter>
  );
}

/** The same letter as plain text. */
export function signInText({ siteName, signInUrl, minutes }: Props): string {
  return [
    `Here is the link with which you sign in to ${siteName}:\n${signInUrl}`,
    `It works once, for ${minutes} minutes.`,
    "If it was not you, do nothing: nobody can sign in without this mail.",
  ].join("\n\n");
}

SignIn.PreviewProps = {
  siteName: "Broadsheet",
  signInUrl: "https://example.org/sign-in/abc",
  minutes: 10,
} satisfies Props;
