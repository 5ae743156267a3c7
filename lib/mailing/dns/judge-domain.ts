import { isIP } from "node:net";
import type { Answer, Dns } from "#lib/mailing/dns/ask-dns.ts";
import { judgeDkim, judgeDmarc, judgeSpf, unanswered } from "#lib/mailing/dns/judge-records.ts";
import type { DomainFinding, Judgement, SendingSetup } from "#lib/mailing/dns/types.ts";

/**
 * What receivers will find in the DNS: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489) in line with the sender, the mail server's name
 * (PTR) and where mail comes back to (MX). Gmail, Yahoo and Outlook want all of them of who sends more than 5,000 mails a day.
 */
export async function judgeDomain(setup: SendingSetup, dns: Dns): Promise<DomainFinding[]> {
  return [
    { about: "SPF", ...(await judgeSpf(setup, dns)) },
    { about: "DKIM", ...(await judgeDkim(setup, dns)) },
    { about: "DMARC", ...(await judgeDmarc(setup, dns)) },
    { about: "PTR", ...(await judgeReverse(setup, dns)) },
    { about: "MX", ...(await judgeReturn(setup, dns)) },
  ];
}

async function judgeReverse({ mailServer }: SendingSetup, dns: Dns): Promise<Judgement> {
  const addresses: Answer<string> = isIP(mailServer) ? [mailServer] : await dns.addresses(mailServer);
  if (addresses === "unknown") return unanswered(mailServer);
  if (addresses.length === 0)
    return { verdict: "wrong", sentence: `${mailServer}, the host of SMTP_URL, has no address.` };
  for (const address of addresses) {
    if (isPrivate(address))
      return {
        verdict: "look",
        sentence: `${mailServer} is in a private network: check yourself that the address it sends from has a name (PTR) that leads back to it.`,
      };
    const names = await dns.names(address);
    if (names === "unknown") return unanswered(address);
    const back = await Promise.all(names.map((name) => dns.addresses(name)));
    if (names.length === 0)
      return {
        verdict: "look",
        sentence: `${address} has no name. If mail leaves from there, ask its provider for a PTR record that names ${mailServer}.`,
      };
    if (!back.some((found) => found !== "unknown" && found.includes(address)))
      return {
        verdict: "look",
        sentence: `${address} calls itself ${names[0]}, which does not lead back to it. Give ${names[0]} an A or AAAA record of ${address}.`,
      };
  }
  return { verdict: "well", sentence: `${mailServer} and its address name each other.` };
}

async function judgeReturn({ returnDomain }: SendingSetup, dns: Dns): Promise<Judgement> {
  const hosts = await dns.mailHosts(returnDomain);
  if (hosts === "unknown") return unanswered(returnDomain);
  if (hosts.includes(""))
    return {
      verdict: "wrong",
      sentence: `${returnDomain} says that it takes no mail, but mail that cannot be delivered comes back to it. Publish an MX record, or set BOUNCE_ADDRESS to a domain that has one.`,
    };
  if (hosts.length > 0) return { verdict: "well", sentence: `mail to ${returnDomain} comes back by ${hosts[0]}.` };
  const addresses = await dns.addresses(returnDomain);
  if (addresses !== "unknown" && addresses.length > 0)
    return { verdict: "look", sentence: `${returnDomain} has no MX record: mail comes back to its own address.` };
  return {
    verdict: "wrong",
    sentence: `${returnDomain} has neither MX nor address: mail cannot come back, and many receivers refuse such a sender. Publish an MX record.`,
  };
}

function isPrivate(address: string): boolean {
  return /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i.test(address);
}
