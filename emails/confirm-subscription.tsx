import { Letter, LetterButton, Paragraph } from "#emails/letter.tsx";

type Props = { siteName: string; confirmUrl: string; expiresOn: string };

/** Asks whether the address may get the digest. */
export function ConfirmSubscription({ siteName, confirmUrl, expiresOn }: Props) {
  return (
    <Letter
      preview={`One press and ${siteName} is yours each morning`}
      siteName={siteName}
      footer="If it was not you, do nothing: without your word we will not write again."
    >
      <Paragraph>Someone, we hope you, asked for {siteName} at this address.</Paragraph>
      <LetterButton href={confirmUrl}>Confirm my subscription</LetterButton>
      <Paragraph>The link works until {expiresOn}.</Paragraph>
    </Letter>
  );
}

/** The same letter as plain text. */
export function confirmSubscriptionText({ siteName, confirmUrl, expiresOn }: Props): string {
  return [
    `Someone, we hope you, asked for ${siteName} at this address.`,
    `Confirm your subscription here:\n${confirmUrl}`,
    `The link works until ${expiresOn}.`,
    "If it was not you, do nothing: without your word we will not write again.",
  ].join("\n\n");
}

ConfirmSubscription.PreviewProps = {
  siteName: "Broadsheet",
  confirmUrl: "https://example.org/subscribe/abc",
  expiresOn: "3 May",
} satisfies Props;
