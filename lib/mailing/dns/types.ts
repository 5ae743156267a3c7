/** Of which record, how it is, and a sentence that says what to publish. `wrong`: large receivers refuse or hide such mail. */
export type DomainFinding = {
  about: "SPF" | "DKIM" | "DMARC" | "PTR" | "MX";
  verdict: "well" | "look" | "wrong";
  sentence: string;
};

/** How a site sends. */
export type SendingSetup = {
  /** The domain of the sender, which readers see. */
  fromDomain: string;
  /** The domain to which mail comes back. */
  returnDomain: string;
  /** The host of SMTP_URL. */
  mailServer: string;
  /** The key that signs here, as its record should hold it; null where the mail server signs. */
  dkim: { selector: string; publicKey: string; bits: number } | null;
};

export type Judgement = Omit<DomainFinding, "about">;
