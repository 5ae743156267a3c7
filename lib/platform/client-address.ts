import { isIPv4, isIPv6 } from "node:net";

/**
 * The header by which our own server hands on the address of the client, read from the socket or, behind a trusted proxy,
 * from its word. The server sets or removes it on every request: what a client sends under this name never arrives.
 */
export const clientAddressHeader = "x-broadsheet-client";

/** Who is to be counted for a request: the client's address, or its /64 (one household, one server) in IPv6. */
export function clientOf(headers: { get(name: string): string | null }): string {
  return clientNetwork(headers.get(clientAddressHeader) ?? "");
}

/** One spelling for each client: `192.0.2.1`, `2001:db8:0:7`; `unknown` for what is no address. */
export function clientNetwork(address: string): string {
  const bare = address.trim().replace(/%.*$/, "");
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return "unknown";
  const groups = groupsOf(bare);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return [...groups.slice(6)].flatMap((group) => [group >> 8, group & 255]).join(".");
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
  // The URL parser knows every spelling, dotted endings too, and answers with one.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const start = numbersOf(head);
  const end = numbersOf(tail ?? "");
  return [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end];
}

function numbersOf(part: string): number[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
}
