import { expect, test } from "vitest";
import { clientAddressHeader, clientNetwork, clientOf } from "#lib/platform/client-address.ts";

test("all spellings of an address, and all addresses of one /64, are one client", () => {
  const spellings = [
    "2001:db8:0:7::1",
    "2001:DB8:0:7::1",
    "2001:0db8:0000:0007:0000:0000:0000:0001",
    "2001:db8:0:7:0:0:0:1%eth0",
    " 2001:db8:0:7:ffff:ffff:ffff:ffff ",
    "2001:db8:0:7::192.0.2.1",
  ];
  expect(new Set(spellings.map(clientNetwork))).toEqual(new Set(["2001:db8:0:7"]));
});

test("the neighbouring /64 is another client", () => {
  expect(clientNetwork("2001:db8:0:8::1")).not.toBe(clientNetwork("2001:db8:0:7::1"));
});

test("an IPv4 address is the same client inside IPv6", () => {
  expect(clientNetwork("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(clientNetwork("::ffff:c000:201")).toBe("192.0.2.1");
  expect(clientNetwork("192.0.2.1")).toBe("192.0.2.1");
});

test("short addresses keep their zeros", () => {
  expect(clientNetwork("::1")).toBe("0:0:0:0");
  expect(clientNetwork("fe80::1")).toBe("fe80:0:0:0");
});

test("what is no address is one client together, and a forwarding header counts for nothing", () => {
  expect(clientNetwork("not an address")).toBe("unknown");
  expect(clientOf(new Headers({ "x-forwarded-for": "192.0.2.9", forwarded: "for=192.0.2.9" }))).toBe("unknown");
  expect(clientOf(new Headers({ [clientAddressHeader]: "192.0.2.1", "x-forwarded-for": "192.0.2.9" }))).toBe(
    "192.0.2.1",
  );
});
