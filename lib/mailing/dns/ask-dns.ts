import { Resolver } from "node:dns/promises";
import { env } from "#lib/platform/env.ts";

/** What a name server said: the records, none, or that it cannot say at this moment. */
export type Answer<T> = readonly T[] | "unknown";

/** Questions about the records that mail servers look at. Each may be asked again: answers are remembered. */
export type Dns = {
  /** Each record as one text: a long one comes in pieces (RFC 7208 section 3.3). */
  texts(name: string): Promise<Answer<string>>;
  /** Hosts, the preferred first; `""` is the null MX (RFC 7505): no mail. */
  mailHosts(name: string): Promise<Answer<string>>;
  addresses(name: string): Promise<Answer<string>>;
  names(address: string): Promise<Answer<string>>;
};

/** Asks the name servers of this machine, or that of DNS_SERVER. */
export function openDns(server: string | undefined = env.dnsServer): Dns {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (server) resolver.setServers([server]);
  const known = new Map<string, Promise<Answer<string>>>();
  const remember = (key: string, ask: () => Promise<string[]>): Promise<Answer<string>> => {
    const answer = known.get(key) ?? ask().catch(answerOf);
    known.set(key, answer);
    return answer;
  };
  return {
    texts: (name) =>
      remember(`TXT ${name}`, async () => (await resolver.resolveTxt(name)).map((pieces) => pieces.join(""))),
    mailHosts: (name) =>
      remember(`MX ${name}`, async () => {
        const records = await resolver.resolveMx(name);
        return records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
      }),
    addresses: (name) =>
      remember(`A ${name}`, async () => {
        const answers = await Promise.all([
          resolver.resolve4(name).catch(answerOf),
          resolver.resolve6(name).catch(answerOf),
        ]);
        const found = answers.filter((answer) => answer !== "unknown").flat();
        if (found.length === 0 && answers.includes("unknown")) throw new Error("no answer");
        return found;
      }),
    names: (address) => remember(`PTR ${address}`, () => resolver.reverse(address)),
  };
}

/** That there is no such name, or no such record of it, is an answer; that nobody answers is none. */
function answerOf(error: unknown): Answer<string> {
  const { code } = error as { code?: string };
  return code === "ENOTFOUND" || code === "ENODATA" ? [] : "unknown";
}
