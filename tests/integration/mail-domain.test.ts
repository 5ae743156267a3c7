import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDns } from "#lib/mailing/dns/ask-dns.ts";
import { judgeDomain } from "#lib/mailing/dns/judge-domain.ts";
import type { DomainFinding, SendingSetup } from "#lib/mailing/dns/types.ts";
import { startDnsServer, type Zone } from "#tests/fakes/dns-server.ts";

const publicKey = `MIIB${"Ab0/+".repeat(76)}`;
const setup: SendingSetup = {
  fromDomain: "papers.example.org",
  returnDomain: "mail.papers.example.org",
  mailServer: "smtp.example.net",
  dkim: { selector: "broadsheet", publicKey, bits: 2048 },
};
const complete: Zone = {
  "mail.papers.example.org": {
    TXT: ["some other words", "v=spf1 include:_spf.example.net -all"],
    MX: ["mx.example.net"],
  },
  "_spf.example.net": { TXT: ["v=spf1 ip4:203.0.113.0/24 a:smtp.example.net ~all"] },
  "broadsheet._domainkey.papers.example.org": { TXT: [`v=DKIM1; k=rsa; p=${publicKey}`] },
  "_dmarc.papers.example.org": { TXT: ["v=DMARC1; p=quarantine; rua=mailto:dmarc@papers.example.org"] },
  "smtp.example.net": { A: ["203.0.113.7"] },
  "7.113.0.203.in-addr.arpa": { PTR: ["smtp.example.net"] },
};

const zone: Zone = {};
let server: Awaited<ReturnType<typeof startDnsServer>>;
beforeAll(async () => {
  server = await startDnsServer(zone);
});
afterAll(() => server.stop());
beforeEach(() => {
  for (const name of Object.keys(zone)) delete zone[name];
  Object.assign(zone, structuredClone(complete));
});

async function judge(changed: Partial<SendingSetup> = {}): Promise<DomainFinding[]> {
  return judgeDomain({ ...setup, ...changed }, openDns(server.address));
}

test("a domain that has everything is well in everything, its long key in two pieces", async () => {
  const findings = await judge();
  expect(findings.map(({ about, verdict, sentence }) => `${about} ${verdict}: ${sentence}`)).toEqual([
    "SPF well: mail.papers.example.org says who may send its mail.",
    "DKIM well: the key at broadsheet._domainkey.papers.example.org is that of DKIM_KEY.",
    "DMARC well: _dmarc.papers.example.org says p=quarantine, in line with the sender.",
    "PTR well: smtp.example.net and its address name each other.",
    "MX well: mail to mail.papers.example.org comes back by mx.example.net.",
  ]);
});

const spf = (...TXT: string[]): Zone => ({ "mail.papers.example.org": { TXT, MX: ["mx.example.net"] } });
const key = (...TXT: string[]): Zone => ({ "broadsheet._domainkey.papers.example.org": { TXT } });
const dmarc = (...TXT: string[]): Zone => ({ "_dmarc.papers.example.org": { TXT } });

test.each<[string, Zone, Partial<SendingSetup>, DomainFinding["about"], DomainFinding["verdict"], RegExp]>([
  [
    "no SPF",
    spf("v=spf10 all"),
    {},
    "SPF",
    "wrong",
    /Publish a TXT record at mail\.papers\.example\.org: v=spf1 a:smtp/,
  ],
  ["two SPF records", spf("v=spf1 -all", "v=spf1 a -all"), {}, "SPF", "wrong", /has 2 SPF records.*Keep one/],
  ["SPF for everybody", spf("v=spf1 a +all"), {}, "SPF", "wrong", /allows everybody/],
  ["SPF for everybody, in short", spf("v=spf1 all"), {}, "SPF", "wrong", /allows everybody/],
  ["SPF with a slip", spf("v=spf1 ipv4:203.0.113.7 -all"), {}, "SPF", "wrong", /nobody knows: ipv4:203/],
  ["SPF that asks too much", spf(`v=spf1 ${"a:smtp.example.net ".repeat(11)}-all`), {}, "SPF", "wrong", /more than 10/],
  ["SPF that includes itself", spf("v=spf1 include:mail.papers.example.org -all"), {}, "SPF", "wrong", /more than 10/],
  ["SPF that forbids nobody", spf("v=spf1 a ?all"), {}, "SPF", "look", /forbids nobody/],
  [
    "no DKIM key",
    { "broadsheet._domainkey.papers.example.org": {} },
    {},
    "DKIM",
    "wrong",
    /not in the DNS.*v=DKIM1; k=rsa; p=MIIB/,
  ],
  ["a DKIM key of old", key("v=DKIM1; p=MIIBother"), {}, "DKIM", "wrong", /another than that of DKIM_KEY/],
  ["a withdrawn DKIM key", key("v=DKIM1; p="), {}, "DKIM", "wrong", /withdrawn/],
  ["two DKIM keys", key(`p=${publicKey}`, "v=DKIM1; p=MIIBother"), {}, "DKIM", "wrong", /has 2 keys/],
  ["a DKIM key on trial", key(`v=DKIM1; t=y:s; p=${publicKey}`), {}, "DKIM", "look", /marked as a test/],
  ["a short DKIM key", {}, { dkim: { selector: "broadsheet", publicKey, bits: 1024 } }, "DKIM", "look", /1024 bits/],
  ["a mail server that signs", {}, { dkim: null }, "DKIM", "look", /not signed here/],
  [
    "no DMARC",
    { "_dmarc.papers.example.org": {} },
    {},
    "DMARC",
    "wrong",
    /v=DMARC1; p=none; rua=mailto:postmaster@papers/,
  ],
  [
    "DMARC of the domain above",
    { "_dmarc.papers.example.org": {}, "_dmarc.example.org": { TXT: ["v=DMARC1; p=none"] } },
    {},
    "DMARC",
    "well",
    /_dmarc\.example\.org says p=none/,
  ],
  ["two DMARC records", dmarc("v=DMARC1; p=none", "v=DMARC1; p=reject"), {}, "DMARC", "wrong", /has 2 DMARC/],
  ["DMARC without a policy", dmarc("v=DMARC1; rua=mailto:a@example.org"), {}, "DMARC", "wrong", /no policy/],
  [
    "a sender for whom nobody speaks",
    {},
    { dkim: null, returnDomain: "bounces.example.net" },
    "DMARC",
    "wrong",
    /neither SPF nor DKIM speaks/,
  ],
  [
    "strict SPF of a domain below",
    dmarc("v=DMARC1; p=none; aspf=s"),
    { dkim: null },
    "DMARC",
    "wrong",
    /neither SPF nor DKIM speaks/,
  ],
  ["a mail server without a name", { "7.113.0.203.in-addr.arpa": {} }, {}, "PTR", "look", /203\.0\.113\.7 has no name/],
  [
    "a name that leads elsewhere",
    { "7.113.0.203.in-addr.arpa": { PTR: ["pool-7.example.com"] } },
    {},
    "PTR",
    "look",
    /does not lead back/,
  ],
  ["a mail server without an address", { "smtp.example.net": {} }, {}, "PTR", "wrong", /has no address/],
  ["a mail server of this machine", {}, { mailServer: "127.0.0.1" }, "PTR", "look", /private network/],
  [
    "no MX and no address",
    { "mail.papers.example.org": { TXT: ["v=spf1 -all"] } },
    {},
    "MX",
    "wrong",
    /neither MX nor address/,
  ],
  ["an address and no MX", { "mail.papers.example.org": { A: ["203.0.113.9"] } }, {}, "MX", "look", /no MX record/],
  ["a domain that takes no mail", { "mail.papers.example.org": { MX: ["."] } }, {}, "MX", "wrong", /takes no mail/],
  [
    "a name server that does not know",
    { "_dmarc.papers.example.org": { refused: true } },
    {},
    "DMARC",
    "look",
    /no name server answers/,
  ],
])("%s is said in words", async (_, change, changed, about, verdict, sentence) => {
  Object.assign(zone, change);
  const finding = (await judge(changed)).find((one) => one.about === about);
  expect(finding).toMatchObject({ verdict, sentence: expect.stringMatching(sentence) });
});
