import { BlockList, isIP, isIPv4 } from "node:net";
import { clientNetwork } from "#lib/platform/client-address.ts";

type Peer = {
  /** The other end of the connection; undefined when it has closed already. */
  remoteAddress: string | undefined;
  /** The X-Forwarded-For header, as it came. */
  forwardedFor?: string;
};

/**
 * The client's IP address, or "" when nobody credible says it. X-Forwarded-For counts only as far as trusted proxies
 * wrote it, read from the right: what a client put there itself changes nothing.
 */
export function clientAddress({ remoteAddress, forwardedFor }: Peer, trustedProxies: readonly string[]): string {
  const trusted = listOf(trustedProxies);
  const chain = [...(forwardedFor?.split(",") ?? []), remoteAddress ?? ""].map(plainAddress).toReversed();
  let client = "";
  for (const address of chain) {
    if (!address) break; // unreadable: nothing to the left of it can be believed
    client = address;
    if (!isIn(trusted, address)) break;
  }
  return client;
}

/** Throws a sentence unless each entry is an address or a range such as 10.0.0.0/8. */
export function checkTrustedProxies(entries: readonly string[]): void {
  listOf(entries);
}

const lists = new WeakMap<readonly string[], BlockList>();

function listOf(entries: readonly string[]): BlockList {
  const known = lists.get(entries);
  if (known) return known;
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  lists.set(entries, list);
  return list;
}

function add(list: BlockList, entry: string): void {
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const width = isIP(address) === 6 ? 128 : 32;
  const prefix = bits === undefined ? width : Number(bits);
  if (isIP(address) === 0 || prefix > width) {
    throw new Error(`TRUSTED_PROXIES: ${entry} is no IP address and no range such as 10.0.0.0/8.`);
  }
  list.addSubnet(address, prefix, width === 128 ? "ipv6" : "ipv4");
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** One spelling: without port, brackets and zone; IPv4 in IPv6 clothes (::ffff:192.0.2.1) as IPv4. "" for no address. */
function plainAddress(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[([^\]]+)\](:\d+)?$/, "$1")
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1")
    .replace(/%.*$/, "");
  if (isIP(bare) === 0) return "";
  const network = clientNetwork(bare);
  return isIPv4(network) ? network : bare.toLowerCase();
}
