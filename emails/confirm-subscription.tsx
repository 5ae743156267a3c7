import { Letter, LetterButton, LetterNote, Paragraph } from "#emails/letter.tsx";

/** `search`: the line of a search, for its papers alone. */
type Props = { siteName: string; search?: string; confirmUrl: string; expiresOn: string };

/** Asks whether the address may get the digest. */
export function ConfirmSubscription({ siteName, search, confirmUrl, expiresOn }: Props) {
  return (
    <Letter
      preview={`One press and ${siteName} is yours each morning`}
      siteName={siteName}
      footer="If it was not you, do nothing: without your word we will not write again."
    >
      <LetterNote>
        <Paragraph>{whatWasAsked(siteName, search)}</Paragraph>
        <LetterButton href={confirmUrl}>Confirm my subscription</LetterButton>
        <Paragraph>The link works until {expiresOn}.</Paragraph>
      </LetterNote>
    </Letter>
  );
}

/** The same letter as plain text. */
export function confirmSubscriptionText({ siteName, search, confirmUrl, expiresOn }: Props): string {
  return [
    whatWasAsked(siteName, search),
    `Confirm your subscription here:\n${confirmUrl}`,
    `The link works until ${expiresOn}.`,
    "If it was not you, do nothing: without your word we will not write again.",
  ].join("\n\n");
}

function whatWasAsked(siteName: string, search?: string): string {
  return search
    ? `Someone, we hope you, asked at this address for the papers that ${siteName} prints and the search “${search}” finds.`
    : `Someone, we hope you, asked for ${siteName} at this address.`;
}

ConfirmSubscription.PreviewProps = {
  siteName: "Broadsheet",
  confirmUrl: "https://example.org/subscribe/abc",
  expiresOn: "3 May",
} satisfies Props;
