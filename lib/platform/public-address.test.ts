import fc from "fast-check";
import { expect, test } from "vitest";
import { isPrivateHost, isPublicAddress } from "#lib/platform/public-address.ts";

test.each([
  "127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 198.18.0.1 192.0.2.7",
  "224.0.0.1 255.255.255.255 240.0.0.1 ::1 :: [::1] fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 2001:db8::1 2002:7f00:1::",
  "::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::10.0.0.1 ::127.0.0.1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2 3fff::1 not-an-address 127.1 0x7f.1",
])("not public: %s", (line) => {
  for (const address of line.split(" ")) expect([address, isPublicAddress(address)]).toEqual([address, false]);
});

test("public addresses of both families, also written as IPv6", () => {
  for (const address of [
    "8.8.8.8",
    "151.101.3.42",
    "172.32.0.1",
    "2606:4700::6810:1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
  ]) {
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  }
});

test("an IPv4 address is judged alike however it is wrapped in IPv6", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const answers = [address, `::ffff:${address}`, `64:ff9b::${address}`].map(isPublicAddress);
      expect(new Set(answers).size).toBe(1);
    }),
    { numRuns: 2000 },
  );
});

test("hosts that are plainly private, in every spelling that URL understands", () => {
  for (const url of ["http://localhost", "http://0x7f.1", "http://2130706433", "http://[::1]", "http://fakes:4600"]) {
    expect([url, isPrivateHost(new URL(url).hostname)]).toEqual([url, true]);
  }
  for (const url of ["http://x.localhost", "http://nas.local", "http://a.internal", "http://[::ffff:10.0.0.1]"]) {
    expect([url, isPrivateHost(new URL(url).hostname)]).toEqual([url, true]);
  }
  for (const url of ["https://huggingface.co", "https://localhost.example.org", "http://8.8.8.8", "https://local.co"]) {
    expect([url, isPrivateHost(new URL(url).hostname)]).toEqual([url, false]);
  }
});
