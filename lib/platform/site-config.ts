import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { ConfigurationError, env } from "#lib/platform/env.ts";

const hour = (what: string) =>
  z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, `${what} must be a time of day such as 06:00.`);

const zone = z
  .string()
  .refine(isTimeZone, "timeZone must be a name of the IANA database, such as UTC or Europe/Paris.");

const DEFAULT_FIELD = "AI papers";

const usual = z.number().min(1).max(1_000_000);

const siteConfigSchema = z.strictObject({
  /** Shown in the masthead, in mails and in feeds. */
  name: z.string().trim().min(1).max(60).default("Broadsheet"),
  /** Left out where `field` is named: made of it. */
  tagline: z.string().trim().max(160).optional(),
  /** What the papers are about, in two or three words: "AI papers". */
  field: z.string().trim().min(1).max(60).default(DEFAULT_FIELD),
  /** An edition closes and is mailed by this clock. */
  timeZone: zone.default("UTC"),
  /** When a day closes: the first such time after the day has ended. */
  closesAt: hour("closesAt").default("00:00"),
  /** When the digest of the day before goes out. */
  mailedAt: hour("mailedAt").default("06:00"),
  /** Digests a minute to the addresses of a domain, at most; `*`: of each other domain. Left out: as many as its servers take. */
  mailsPerMinute: z
    .record(
      z.string().regex(/^(\*|[a-z0-9.-]+)$/, "mailsPerMinute names domains such as gmail.com, or *."),
      z.number().min(1),
    )
    .default({}),
  huggingFace: z.boolean().default(true),
  arxiv: z.boolean().default(true),
  /** arXiv classes whose new papers are printed. */
  arxivCategories: z
    .array(z.string().regex(/^[a-z-]+(\.[A-Za-z-]+)?$/, "arxivCategories holds arXiv classes such as cs.LG."))
    .default(["cs.AI", "cs.CL", "cs.CV", "cs.LG"]),
  /**
   * The beginning of every id in feeds (RFC 4151). Left out: made of the site's host. A site that moves to another host
   * sets here what it had, or every reader's program shows all papers as new.
   */
  feedIds: z
    .string()
    .regex(/^tag:[a-z0-9][a-z0-9.-]*,\d{4}(-\d{2}){0,2}$/, "feedIds must be written like tag:papers.example.org,2026")
    .optional(),
  /** How much each signal counts; see /about. */
  weights: z
    .strictObject({
      upvotes: z.number().min(0).max(100).default(1),
      votes: z.number().min(0).max(100).default(1),
      comments: z.number().min(0).max(100).default(0.05),
      stars: z.number().min(0).max(100).default(0.25),
      sources: z.number().min(0).max(100).default(0.5),
    })
    .prefault({}),
  /** How many of a signal are usual in this field; what is left out is measured. See /about. */
  usual: z
    .strictObject({
      upvotes: usual.optional(),
      votes: usual.optional(),
      comments: usual.optional(),
      stars: usual.optional(),
    })
    .prefault({}),
});

export type SiteConfig = Omit<z.infer<typeof siteConfigSchema>, "tagline"> & { tagline: string };

/** Reads and checks the file that makes this site this site. Absent: the defaults, for AI papers. */
export function readSiteConfig(path: string): SiteConfig {
  if (!existsSync(path)) return withTagline(siteConfigSchema.parse({}));
  const parsed = siteConfigSchema.safeParse(parseJson(path));
  if (parsed.success) return withTagline(parsed.data);
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => `${path}: ${issue.path.join(".") || "file"}: ${issue.message}`),
  );
}

function withTagline(config: z.infer<typeof siteConfigSchema>): SiteConfig {
  const { field, tagline } = config;
  if (tagline !== undefined) return { ...config, tagline };
  if (field === DEFAULT_FIELD) {
    return { ...config, tagline: "The papers that the AI research community is talking about, printed daily" };
  }
  return { ...config, tagline: `New ${field}, printed daily` };
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigurationError([`${path} is not JSON: ${error instanceof Error ? error.message : error}`]);
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The configuration of this site, read once at the start. */
export const site: SiteConfig = readSiteConfig(env.configPath);
