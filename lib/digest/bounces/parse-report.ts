import { type ParsedMail, simpleParser } from "mailparser";

/** A delivery report (RFC 3464), as far as it is of use. */
export type DeliveryReport = {
  /** The addresses that it was sent to, one of which may be our return path. */
  to: string[];
  /** One for each recipient that it reports on. `status` is that of RFC 3463. */
  recipients: { action: string; status: string }[];
};

/** What a report means for the address: it does not exist, it failed this time, or nothing. */
export type BounceWeight = "gone" | "failed" | "nothing";

/** Null for anything that is no delivery report. Never throws for what was sent. */
export async function parseReport(raw: Buffer): Promise<DeliveryReport | null> {
  let mail: ParsedMail;
  try {
    mail = await simpleParser(raw, {
      keepDeliveryStatus: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      maxHtmlLengthToParse: 1,
    });
  } catch {
    return null;
  }
  const part = mail.attachments.find(({ contentType }) => /^message\/(global-)?delivery-status$/i.test(contentType));
  if (!part) return null;
  // Groups of fields between empty lines: the first is about the message, each other about a recipient.
  const groups = part.content
    .toString("latin1")
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n+/)
    .map(fieldsOf);
  const recipients = groups.flatMap((fields) => {
    const action = /^[a-z]+/i.exec(fields.get("action") ?? "")?.[0].toLowerCase();
    const status = statusIn(fields.get("status")) ?? statusIn(fields.get("diagnostic-code"));
    return action && status ? [{ action, status }] : [];
  });
  return { to: addressesOf(mail), recipients };
}

/**
 * 5.1.x: no such mailbox or domain. Other 5.x: a failure that counts when it repeats. 4.x passes; 5.4.4 is about routing and
 * 5.7.x about our reputation or their policy: neither says anything of the reader.
 */
export function weighStatus(status: string): BounceWeight {
  if (!status.startsWith("5.") || status === "5.4.4" || status.startsWith("5.7.")) return "nothing";
  return status.startsWith("5.1.") ? "gone" : "failed";
}

/** The first enhanced status code (RFC 3463) in a line, e.g. of a reply `550 5.1.1 No such user`. */
export function statusIn(line: string | undefined): string | undefined {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(line?.slice(0, 1000) ?? "")?.[1];
}

function fieldsOf(group: string): Map<string, string> {
  const lines = group.replace(/\n[ \t]+/g, " ").split("\n");
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, value] = /^([!-9;-~]{1,60}):(.*)$/.exec(line) ?? [];
      return name && value !== undefined ? [[name.toLowerCase(), value.trim()]] : [];
    }),
  );
}

const headersForWhom = ["delivered-to", "x-original-to", "envelope-to", "to"];

/** Where mail servers write down for whom a mail was. */
function addressesOf({ headerLines }: ParsedMail): string[] {
  return headerLines
    .filter(({ key }) => headersForWhom.includes(key))
    .flatMap(({ line }) => line.slice(0, 2000).match(/[^\s"<>,;:[\]{}]+@[^\s"<>,;:[\]{}]+/g) ?? []);
}
