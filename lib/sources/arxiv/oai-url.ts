/** Where a harvest begins. `from` and `until` are days of a record's last change, both included. */
export type OaiQuestion = { set: string | null; from: Temporal.PlainDate; until: Temporal.PlainDate | null };

/** arXiv's archives that its sets keep under physics; every other archive is a group of its own. */
const ofPhysics = new Set(
  "astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph".split(" "),
);

/** The address of a list's first page. `arXivRaw` is the format that tells versions and times. */
export function oaiListUrl(endpoint: string, { set, from, until }: OaiQuestion): string {
  return oaiUrl(endpoint, {
    metadataPrefix: "arXivRaw",
    from: from.toString(),
    ...(until && { until: until.toString() }),
    ...(set && { set }),
  });
}

/** The address of a later page: the token alone says all the rest. */
export function oaiNextUrl(endpoint: string, resumptionToken: string): string {
  return oaiUrl(endpoint, { resumptionToken });
}

/** The set of a class or archive: `cs.LG` is `cs:cs:LG`, `hep-th` is `physics:hep-th`, `math` is `math`. */
export function oaiSetOf(category: string): string {
  const [archive = category, subject] = category.split(".");
  const group = ofPhysics.has(archive) ? "physics" : archive;
  if (subject) return `${group}:${archive}:${subject}`;
  return group === archive && archive !== "physics" ? archive : `${group}:${archive}`;
}

function oaiUrl(endpoint: string, parameters: Record<string, string>): string {
  const url = new URL(endpoint);
  url.search = new URLSearchParams({ verb: "ListRecords", ...parameters }).toString();
  return url.href;
}
