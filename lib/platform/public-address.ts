import { BlockList, isIP, isIPv4 } from "node:net";

// https://www.iana.org/assignments/iana-ipv4-special-registry: what is not reachable for everyone, multicast and reserved.
const ipv4Blocks = [
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24",
  "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
].flatMap((line) => line.split(" "));
// Inside global unicast: protocol assignments with Teredo, documentation, and 6to4, which hides an IPv4 address.
const ipv6Blocks = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const blocked = blockList([...ipv4Blocks, ...ipv6Blocks]);
const globalUnicast = blockList(["2000::/3"]);
// IPv4-mapped, and what DNS64 makes of an IPv4 address in a network that has only IPv6.
const ipv4Inside = blockList(["::ffff:0:0/96", "64:ff9b::/96"]);

/** True for an IP address that belongs to the public internet; false for loopback, private, link-local … and for no address. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (isIP(bare) === 0) return false;
  if (isIPv4(bare)) return !blocked.check(bare, "ipv4");
  if (ipv4Inside.check(bare, "ipv6")) return !blocked.check(lastFourBytes(bare), "ipv4");
  return globalUnicast.check(bare, "ipv6") && !blocked.check(bare, "ipv6");
}

/**
 * True for a host (as `URL.hostname` has it) that can only be meant privately: a private address, localhost, a name
 * without a dot (as between containers), or under a suffix that public DNS never delegates.
 */
export function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) return !isPublicAddress(bare);
  return !bare.includes(".") || /\.(localhost|local|internal|lan|test|home\.arpa)$/.test(bare);
}

function blockList(subnets: string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = "", prefix] = subnet.split("/");
    list.addSubnet(net, Number(prefix), isIPv4(net) ? "ipv4" : "ipv6");
  }
  return list;
}

/** The IPv4 address in the last 32 bits. URL writes any IPv6 address in one form, with hexadecimal groups only. */
function lastFourBytes(address: string): string {
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(":");
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || "0", 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
