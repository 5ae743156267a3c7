import { PressForm } from "#components/subscribers/press-form.tsx";
import type { DeliveryState } from "#lib/digest/types.ts";

type Props = {
  /** The edition's day in words. */
  day: string;
  /** Null: this reader has not asked for it. */
  state: DeliveryState | null;
  href: string;
  action: string;
  /** Which subscription's, where the address alone does not say it. */
  subscription?: string;
};

const sentences = {
  pending: "is on its way to you.",
  sending: "is on its way to you.",
  sent: "has been sent to you.",
  uncertain: "was handed to the mail server, which did not say whether it took it. It may have arrived.",
  failed: "was refused by your mail server.",
  expired: "could not be delivered within a day.",
  excluded: "was not sent: the subscription had ended, or paused.",
} satisfies Record<DeliveryState, string>;

/** The newest edition for who has just subscribed: a button to have it mailed, then what became of it. */
export function LatestEdition({ day, state, href, action, subscription }: Props) {
  if (state === null) {
    return (
      <PressForm action={action} of={subscription} quiet={subscription !== undefined}>
        Send me the latest edition now
      </PressForm>
    );
  }
  return (
    <p role="status">
      The edition of <a href={href}>{day}</a> {sentences[state]}
    </p>
  );
}
