import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import DKIM from "nodemailer/lib/dkim";
import { ConfigurationError, env } from "#lib/platform/env.ts";
import { sender } from "#lib/platform/sender.ts";

type DkimKey = { domain: string; selector: string; key: KeyObject };

// RFC 6376 section 5.4.1 says what should be signed; RFC 8058 section 4 that both List-Unsubscribe headers must be.
const signedHeaders =
  "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:Feedback-ID";

/** The key of DKIM_KEY (a PEM file) and DKIM_SELECTOR, for the domain of the sender; null where mail is not signed here. */
const dkimKey: DkimKey | null = readDkimKey(env);

/** A mail with its DKIM signature (RFC 6376, rsa-sha256, relaxed/relaxed) before it; the mail itself without a key. */
export async function signMail(raw: Buffer, signing: DkimKey | null = dkimKey): Promise<Buffer> {
  if (!signing) return raw;
  const signer = new DKIM({
    domainName: signing.domain,
    keySelector: signing.selector,
    privateKey: signing.key.export({ type: "pkcs8", format: "pem" }),
    headerFieldNames: signedHeaders,
  });
  const signed = await buffer(signer.sign(raw));
  // The signer leaves a mail as it was when its key is of no use. Unsigned mail would be filed as forged.
  if (signed.length === raw.length) throw new Error("The mail could not be signed with the key of DKIM_KEY.");
  return signed;
}

/** Our key as its DNS record should hold it (RFC 6376 section 3.6.1); null where mail is not signed here. */
export function dkimRecord(): { selector: string; publicKey: string; bits: number } | null {
  if (!dkimKey) return null;
  const publicKey = createPublicKey(dkimKey.key);
  return {
    selector: dkimKey.selector,
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    bits: publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
  };
}

/** Throws `ConfigurationError` for half a configuration and for a file that is no RSA key. */
function readDkimKey({ dkimKeyPath, dkimSelector }: Pick<typeof env, "dkimKeyPath" | "dkimSelector">): DkimKey | null {
  if (!dkimKeyPath && !dkimSelector) return null;
  if (!dkimKeyPath || !dkimSelector) {
    throw new ConfigurationError(["DKIM needs both DKIM_KEY (a file) and DKIM_SELECTOR (a name, such as broadsheet)."]);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(dkimKeyPath));
  } catch {
    throw new ConfigurationError([
      `DKIM_KEY: ${dkimKeyPath} holds no private key. Make one: openssl genrsa -out dkim.pem 2048`,
    ]);
  }
  if (key.asymmetricKeyType !== "rsa")
    throw new ConfigurationError(["DKIM_KEY must be an RSA key: every receiver knows those."]);
  return { domain: sender.address.slice(sender.address.lastIndexOf("@") + 1), selector: dkimSelector, key };
}
