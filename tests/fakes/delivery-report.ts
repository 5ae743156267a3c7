/** A delivery report (RFC 3464) as mail servers write them, each in its own way. */
export function deliveryReport({
  to,
  status = "5.1.1",
  action = "failed",
  style = "plain",
}: {
  to: string;
  status?: string;
  action?: string;
  style?: ReportStyle;
}): Buffer {
  const { part, type, tail } = styles[style]({ status, action });
  const lines = [
    "From: MAILER-DAEMON <mailer-daemon@mx.example.net>",
    `To: ${style === "delivered-to" ? "postmaster@papers.example.org" : to}`,
    ...(style === "delivered-to" ? [`Delivered-To: <${to.toUpperCase()}>`] : []),
    "Subject: This mail came back",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="between"',
    "",
    "--between",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "A mail of yours did not reach its reader. 5.1.1 may stand here and means nothing.",
    "",
    "--between",
    `Content-Type: ${type}`,
    "",
    ...part,
    "",
    "--between",
    ...tail,
    "--between--",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

export type ReportStyle = keyof typeof styles;

type Said = { status: string; action: string };

const original = ["Content-Type: message/rfc822", "", "Subject: 20 August 2026", "", "Status: 5.1.1"];
const about = ["Reporting-MTA: dns; mx.example.net", "Arrival-Date: Fri, 21 Aug 2026 06:00:00 +0000"];
const recipient = "Final-Recipient: rfc822; ada@example.org";

const plain = ({ status, action }: Said) => ({
  type: "message/delivery-status",
  part: [...about, "", recipient, `Action: ${action}`, `Status: ${status}`],
  tail: original,
});

const styles = {
  plain,
  /** Fields over several lines, comments, another order, other cases, and one recipient that was reached. */
  folded: ({ status, action }: Said) => ({
    type: "message/delivery-status",
    part: [
      ...about,
      "",
      "Final-Recipient: rfc822;bo@example.org",
      "Action: relayed",
      "Status: 2.0.0",
      "",
      `STATUS: ${status} (said by the`,
      "  next server)",
      `action: ${action.toUpperCase()}`,
      recipient,
      "Diagnostic-Code: smtp;",
      " 550 5.0.0 as you like",
    ],
    tail: ["Content-Type: text/rfc822-headers", "", "Subject: 20 August 2026"],
  }),
  /** No Status field of its own: only what the other server replied. */
  diagnostic: ({ status, action }: Said) => ({
    type: "message/delivery-status",
    part: [...about, "", recipient, `Action: ${action}`, `Diagnostic-Code: smtp; 550-${status} No such reader`],
    tail: original,
  }),
  /** RFC 6533, for addresses beyond ASCII. */
  global: ({ status, action }: Said) => ({
    type: "message/global-delivery-status",
    part: [...about, "", "Final-Recipient: utf-8; ada@example.org", `Action: ${action}`, `Status: ${status}`],
    tail: original,
  }),
  /** Forwarded to a person: the address that it came to stands in another header, in capitals. */
  "delivered-to": plain,
} satisfies Record<string, (said: Said) => { type: string; part: string[]; tail: string[] }>;
