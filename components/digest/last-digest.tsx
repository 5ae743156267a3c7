import type { LastDigest } from "#lib/digest/types.ts";

type Props = { title: string; moment: string; counts: LastDigest };

/** When the last digest went out and how it ended: how many, never who. */
export function LastDigestLine({ title, moment, counts }: Props) {
  return (
    <p>
      The digest of {title} went out at {moment}: {inWords(counts)}.
    </p>
  );
}

/** Sent and uncertain are always said: nothing must be uncertain for long without being seen. */
function inWords({ sent, uncertain, pending, sending, failed, expired, excluded }: LastDigest): string {
  const others = [
    [pending + sending, "on their way"],
    [failed, "refused by a mail server"],
    [expired, "given up because it was too late"],
    [excluded, "taken back, because the subscription ended"],
  ] as const;
  const said = others.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  return [`${sent} sent`, `${uncertain} uncertain`, ...said].join(", ");
}
