/**
 * Which columns are about a person, by model of the schema. `told`: they stand in what a person can download. `withheld`: they are about a
 * person and are not told, because they are keys (a session's token, a hash that a secret makes) or of no use without the secret. `none`:
 * about nobody. A column that is in none of the lists fails a test, so that nobody adds one without asking the question.
 */
export const marks: Record<string, { told?: string; withheld?: string; none?: string }> = {
  Paper: {
    none: "id version title abstract authors categories comment journalRef doi licenseUrl projectUrl codeUrl submittedAt revisedAt announcedOn withdrawn deletedAt textGrade sample firstSeenAt changeSeq",
  },
  PaperVersion: { none: "paperId version title abstract submittedAt detail" },
  PaperFormulas: { none: "paperId field typesetter textHash mathml" },
  TypesettingProgress: { none: "typesetter changeSeq" },
  SourceRecord: { none: "source paperId fields day seenAt" },
  Signal: { none: "id paperId source kind value observedAt countsAt" },
  Listing: { none: "day paperId source listedAt" },
  Edition: { none: "day closedAt frozenAt sample" },
  EditionEntry: { none: "day paperId rank score upvotes reasons" },
  SourceRun: { none: "id source job startedAt finishedAt status requests found stored rejected message" },
  SourceValidator: { none: "url etag lastModified storedAt" },
  SourceHost: { none: "host notBefore" },
  SourceProgress: { none: "task position startedAt updatedAt finishedAt" },
  Account: { told: "id name email emailVerified image createdAt updatedAt" },
  Session: { told: "id userId expiresAt ipAddress userAgent createdAt updatedAt", withheld: "token" },
  Identity: {
    told: "id accountId providerId userId accessTokenExpiresAt refreshTokenExpiresAt scope createdAt updatedAt",
    withheld: "accessToken refreshToken idToken password",
  },
  Verification: { told: "expiresAt createdAt updatedAt", withheld: "id identifier value" },
  Upvote: { told: "paperId accountId castAt" },
  LetterRequest: {
    told: "id kind email emailKey details requestedAt expiresAt state attempt claimedAt handedAt dueAt settledAt reply",
  },
  Subscriber: {
    told: "id email emailKey query status formVersion requestedAt confirmedAt unsubscribedAt rhythm hour timeZone papers classes pausedUntil plainText emptyDay",
    withheld: "emailHash",
  },
  Suppression: { told: "reason since", withheld: "emailHash" },
  Digest: { none: "id kind day days createdAt preparedAt candidates excluded" },
  Delivery: {
    told: "id digestId subscriberId askedBy state attempt dueAt expiresAt claimedAt handedAt settledAt reply bouncedAt bounceStatus",
  },
  DigestTotal: { none: "digestId askedBy state count" },
  MailHome: { none: "id place sendsFrom since" },
  MailDomain: { none: "domain strikes pausedUntil nextAt" },
  MailCheck: { none: "id checkedAt missing" },
  Alarm: { none: "name sentence since" },
  RateLimit: { withheld: "key points expire" },
};

/** What of a row a person is told. */
export function tell(model: string, row: Record<string, unknown>): Record<string, unknown> {
  const told = marks[model]?.told?.split(" ") ?? [];
  return Object.fromEntries(told.map((name) => [name, row[name]]));
}
