import { expect, test } from "vitest";
import { checkTrustedProxies, clientAddress } from "#lib/platform/front/trusted-proxies.ts";

const proxies = ["127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48"];

test("without a trusted proxy the other end of the connection is the client, whatever it says", () => {
  const forged = { remoteAddress: "203.0.113.7", forwardedFor: "198.51.100.1, 127.0.0.1" };
  expect(clientAddress(forged, [])).toBe("203.0.113.7");
  expect(clientAddress(forged, proxies)).toBe("203.0.113.7");
});

test("behind trusted proxies it is the last address that they wrote, not what the client put before it", () => {
  const peer = { remoteAddress: "127.0.0.1", forwardedFor: "1.1.1.1, 198.51.100.9, 10.2.3.4" };
  expect(clientAddress(peer, proxies)).toBe("198.51.100.9");
  expect(clientAddress({ ...peer, remoteAddress: "2001:db8:ffff::1" }, proxies)).toBe("198.51.100.9");
});

test("an entry that is no address ends what can be believed", () => {
  expect(clientAddress({ remoteAddress: "10.0.0.1", forwardedFor: "1.1.1.1, <script>" }, proxies)).toBe("10.0.0.1");
  expect(clientAddress({ remoteAddress: "10.0.0.1", forwardedFor: "unknown, 10.0.0.2" }, proxies)).toBe("10.0.0.2");
});

test("every spelling of an address is one address", () => {
  const client = (forwardedFor: string) => clientAddress({ remoteAddress: "127.0.0.1", forwardedFor }, proxies);
  for (const text of [
    "192.0.2.1",
    "192.0.2.1:4711",
    "::ffff:192.0.2.1",
    "::FFFF:c000:201",
    " [::ffff:192.0.2.1]:80 ",
  ]) {
    expect(client(text)).toBe("192.0.2.1");
  }
  expect(client("[2001:DB8::1]:443")).toBe("2001:db8::1");
  expect(client("fe80::1%eth0")).toBe("fe80::1");
  expect(clientAddress({ remoteAddress: "::ffff:10.0.0.9", forwardedFor: "192.0.2.1" }, proxies)).toBe("192.0.2.1");
});

test("a connection that is gone has no address", () => {
  expect(clientAddress({ remoteAddress: undefined }, proxies)).toBe("");
});

test("a wrong TRUSTED_PROXIES is named in a sentence", () => {
  for (const entry of ["proxy.local", "10.0.0.0/33", "10.0.0.0/", "2001:db8::/129"]) {
    expect(() => checkTrustedProxies([entry])).toThrow(`TRUSTED_PROXIES: ${entry} is no IP`);
  }
});
