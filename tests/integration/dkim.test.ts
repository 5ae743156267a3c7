import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askToSignIn } from "#lib/accounts/commands.ts";
import { now } from "#lib/platform/clock.ts";
import { startSmtpSink } from "#tests/fakes/smtp-sink.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { runScript } from "#tests/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-dkim-"));
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keyFile = join(folder, "dkim.pem");
const published = createPublicKey(keys.privateKey).export({ type: "spki", format: "der" }).toString("base64");
const signing = { DKIM_KEY: keyFile, DKIM_SELECTOR: "broadsheet", MAIL_FROM: "Broadsheet <digest@papers.example.org>" };

beforeAll(async () => {
  writeFileSync(keyFile, keys.privateKey.export({ type: "pkcs8", format: "pem" }));
  await freezeEdition("2026-08-20", [{ title: "Über langsames Lesen" }]);
  await confirmSubscribers(["ada@example.org"]);
  await askToSignIn({ email: "bo@example.org", next: "/", mark: "a-browser", client: "192.0.2.1", now: now() });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("digests and letters carry a signature that a receiver can verify, over both headers of the way out", async () => {
  const sink = await startSmtpSink();
  try {
    const environment = { ...signing, SMTP_URL: sink.url };
    expect(await runScript("scripts/digest.ts", ["--date", "2026-08-20"], environment)).toMatchObject({ code: 0 });
    expect(await runScript("tests/fakes/mail-sweep.ts", [], environment)).toMatchObject({ code: 0 });
    const [digest, letter] = sink.mails.map(({ raw }) => raw);
    const verdict = await verify(digest ?? Buffer.of());
    expect(verdict).toMatchObject({ status: { result: "pass" }, signingDomain: "papers.example.org" });
    const signed = String(verdict?.signingHeaders?.keys)
      .toLowerCase()
      .split(/\s*:\s*/);
    expect(signed).toEqual(
      expect.arrayContaining(["from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post", "list-id"]),
    );
    expect(await verify(letter ?? Buffer.of())).toMatchObject({ status: { result: "pass" } });
    // The test can fail: one letter changed on the way, and the signature says so.
    const changed = Buffer.from((digest?.toString("latin1") ?? "").replace("20 August", "21 August"), "latin1");
    expect((await verify(changed))?.status.result).not.toBe("pass");
  } finally {
    await sink.stop();
  }
}, 120_000);

test.each([
  [{ DKIM_KEY: keyFile }, /DKIM needs both DKIM_KEY \(a file\) and DKIM_SELECTOR/],
  [{ DKIM_SELECTOR: "broadsheet" }, /DKIM needs both/],
  [{ DKIM_SELECTOR: "broadsheet", DKIM_KEY: join(folder, "nowhere.pem") }, /holds no private key.*openssl genrsa/],
  [{ DKIM_SELECTOR: "no name", DKIM_KEY: keyFile }, /DKIM_SELECTOR must be a name/],
])(
  "half a configuration ends the command with a sentence: %j",
  async (environment, sentence) => {
    const { code, stderr } = await runScript("scripts/digest.ts", ["--date", "2026-08-20"], environment);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(78);
  },
  120_000,
);

/** What a receiver finds that looks up the key where the signature says. */
async function verify(raw: Buffer) {
  const { results } = await dkimVerify(raw, {
    resolver: async (name, type) => {
      if (name !== "broadsheet._domainkey.papers.example.org" || type !== "TXT")
        throw new Error(`Nobody should ask for ${name}`);
      return [[`v=DKIM1; k=rsa; p=${published}`]];
    },
  });
  return results[0];
}
