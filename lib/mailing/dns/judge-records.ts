import type { Dns } from "#lib/mailing/dns/ask-dns.ts";
import type { Judgement, SendingSetup } from "#lib/mailing/dns/types.ts";

const MOST_LOOKUPS = 10;

/** The record of the domain that mail comes back to: the one that receivers look up. */
export async function judgeSpf({ returnDomain, mailServer }: SendingSetup, dns: Dns): Promise<Judgement> {
  const records = await spfRecords(returnDomain, dns);
  if (records === "unknown") return unanswered(returnDomain);
  const [record] = records;
  if (record === undefined)
    return wrong(
      `${returnDomain} does not say who may send its mail. Publish a TXT record at ${returnDomain}: v=spf1 a:${mailServer} -all (or what your mail provider names).`,
    );
  if (records.length > 1)
    return wrong(`${returnDomain} has ${records.length} SPF records, which counts as none. Keep one.`);
  const terms = record.split(/\s+/).slice(1);
  if (terms.some((term) => /^\+?all$/i.test(term)))
    return wrong(`the SPF record of ${returnDomain} allows everybody to send as you (+all). End it with -all or ~all.`);
  const unknown = terms.find((term) => !knownTerm.test(term));
  if (unknown) return wrong(`the SPF record of ${returnDomain} has a word that nobody knows: ${unknown}. Correct it.`);
  const lookups = await countLookups(returnDomain, dns);
  if (lookups > MOST_LOOKUPS)
    return wrong(
      `the SPF record of ${returnDomain} needs more than ${MOST_LOOKUPS} questions to be read, so receivers give up. Leave out some include: or a: words.`,
    );
  if (!terms.some((term) => /^[-~]all$/i.test(term) || /^redirect=/i.test(term)))
    return { verdict: "look", sentence: `the SPF record of ${returnDomain} forbids nobody. End it with -all or ~all.` };
  return { verdict: "well", sentence: `${returnDomain} says who may send its mail.` };
}

export async function judgeDkim({ fromDomain, dkim }: SendingSetup, dns: Dns): Promise<Judgement> {
  if (!dkim)
    return {
      verdict: "look",
      sentence: `mails are not signed here. See to it that your mail server signs them as ${fromDomain}, or set DKIM_KEY and DKIM_SELECTOR.`,
    };
  const name = `${dkim.selector}._domainkey.${fromDomain}`;
  const records = await dns.texts(name);
  if (records === "unknown") return unanswered(name);
  const publish = `Publish a TXT record at ${name}: v=DKIM1; k=rsa; p=${dkim.publicKey}`;
  const keys = records.map(readTags).filter((tags) => tags.has("p"));
  const [tags] = keys;
  if (!tags) return wrong(`nobody can check the signature: the key is not in the DNS. ${publish}`);
  if (keys.length > 1) return wrong(`${name} has ${keys.length} keys, and receivers may take the wrong one. Keep one.`);
  const key = tags.get("p")?.replace(/\s+/g, "");
  if (!key) return wrong(`the key at ${name} is withdrawn (p= is empty). ${publish}`);
  if ((tags.get("k") ?? "rsa") !== "rsa" || key !== dkim.publicKey)
    return wrong(
      `the key at ${name} is another than that of DKIM_KEY: every signature is taken for forged. ${publish}`,
    );
  if (dkim.bits < 1024)
    return wrong(`the key of DKIM_KEY has ${dkim.bits} bits: receivers ignore it. Make one of 2048.`);
  if (tags.get("t")?.split(":").includes("y"))
    return { verdict: "look", sentence: `the key at ${name} is marked as a test (t=y). Take the mark away.` };
  if (dkim.bits < 2048)
    return { verdict: "look", sentence: `the key of DKIM_KEY has ${dkim.bits} bits. Make one of 2048.` };
  return { verdict: "well", sentence: `the key at ${name} is that of DKIM_KEY.` };
}

export async function judgeDmarc({ fromDomain, returnDomain, dkim }: SendingSetup, dns: Dns): Promise<Judgement> {
  const found = await findDmarc(fromDomain, dns);
  if (found === "unknown") return unanswered(`_dmarc.${fromDomain}`);
  if (!found)
    return wrong(
      `${fromDomain} does not say what to do with forged mail. Publish a TXT record at _dmarc.${fromDomain}: v=DMARC1; p=none; rua=mailto:postmaster@${fromDomain}`,
    );
  const [record] = found.records;
  if (found.records.length > 1 || !record)
    return wrong(`${found.name} has ${found.records.length} DMARC records, which counts as none. Keep one.`);
  const tags = readTags(record);
  const policy = tags.get("p")?.toLowerCase() ?? "";
  if (!["none", "quarantine", "reject"].includes(policy))
    return wrong(`the DMARC record at ${found.name} has no policy. It must say p=none, p=quarantine or p=reject.`);
  const strict = tags.get("aspf")?.toLowerCase() === "s";
  if (!dkim && !isAligned(returnDomain, fromDomain, { strict }))
    return wrong(
      `mail from ${fromDomain} comes back to ${returnDomain} and is not signed here: neither SPF nor DKIM speaks for the sender. Sign with DKIM_KEY, or take a BOUNCE_ADDRESS of ${fromDomain}.`,
    );
  return { verdict: "well", sentence: `${found.name} says p=${policy}, in line with the sender.` };
}

export function unanswered(name: string): Judgement {
  return { verdict: "look", sentence: `no name server answers for ${name}. Try again, or set DNS_SERVER.` };
}

const knownTerm =
  /^([-+~?]?(all|include:\S+|a([:/]\S+)?|mx([:/]\S+)?|ptr(:\S+)?|ip4:\S+|ip6:\S+|exists:\S+)|[a-z][\w.-]*=\S*)$/i;

function wrong(sentence: string): Judgement {
  return { verdict: "wrong", sentence };
}

async function spfRecords(domain: string, dns: Dns): Promise<string[] | "unknown"> {
  const texts = await dns.texts(domain);
  return texts === "unknown" ? texts : texts.filter((text) => /^v=spf1(\s|$)/i.test(text));
}

/** How many questions a receiver has to ask (RFC 7208 section 4.6.4); it stops counting after the limit. */
async function countLookups(domain: string, dns: Dns, depth = 0): Promise<number> {
  const records = await spfRecords(domain, dns);
  if (records === "unknown" || depth > MOST_LOOKUPS) return 0;
  let count = 0;
  for (const term of (records[0] ?? "").split(/\s+/).slice(1)) {
    if (/^[-+~?]?(a|mx|ptr)([:/]|$)/i.test(term) || /^[-+~?]?exists:/i.test(term)) count++;
    const other = /^(?:[-+~?]?include:|redirect=)(\S+)$/i.exec(term)?.[1];
    if (other) count += 1 + (await countLookups(other, dns, depth + 1));
    if (count > MOST_LOOKUPS) return count;
  }
  return count;
}

/** The record of the domain or, where it has none, of the nearest domain above it but the last. */
async function findDmarc(domain: string, dns: Dns): Promise<{ name: string; records: string[] } | "unknown" | null> {
  const labels = domain.split(".");
  for (let at = 0; at < Math.max(1, labels.length - 1); at++) {
    const name = `_dmarc.${labels.slice(at).join(".")}`;
    const texts = await dns.texts(name);
    if (texts === "unknown") return texts;
    const records = texts.filter((text) => /^v=DMARC1\s*(;|$)/i.test(text));
    if (records.length > 0) return { name, records };
  }
  return null;
}

/** Relaxed: one may lie below the other. (Which domains are registered by one owner only a list could tell.) */
function isAligned(one: string, other: string, { strict }: { strict: boolean }): boolean {
  if (one === other) return true;
  return !strict && (one.endsWith(`.${other}`) || other.endsWith(`.${one}`));
}

/** `v=DKIM1; k=rsa; p=…` as a map. */
function readTags(record: string): Map<string, string> {
  return new Map(
    record.split(";").flatMap((tag): [string, string][] => {
      const at = tag.indexOf("=");
      return at < 0 ? [] : [[tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).trim()]];
    }),
  );
}
