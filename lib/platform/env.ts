import { join, resolve } from "node:path";
import { z } from "zod";

const url = (what: string) => z.url({ protocol: /^https?$/, error: `${what} must be an http or https address.` });
const port = (name: string) => {
  const error = `${name} must be a number from 0 to 65535.`;
  return z.coerce.number(error).int(error).min(0, error).max(65535, error);
};

const envSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      "DATABASE_URL must begin with postgresql://. Leave it out to use the embedded Postgres.",
    )
    .optional(),
  DATA_DIR: z.string().default("./data"),
  HOST: z.string().default("127.0.0.1"),
  PORT: port("PORT").default(3000),
  METRICS_PORT: port("METRICS_PORT").optional(),
  METRICS_HOST: z.string().default("127.0.0.1"),
  SITE_URL: url("SITE_URL").optional(),
  SMTP_URL: z
    .string()
    .regex(
      /^smtps?:\/\//,
      "SMTP_URL must begin with smtp:// or smtps://. Leave it out to keep mail in DATA_DIR/outbox.",
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
      "MAIL_FROM must be an address such as Broadsheet <digest@example.org>.",
    )
    .optional(),
  BOUNCE_ADDRESS: z.email("BOUNCE_ADDRESS must be an address such as bounce@mail.example.org.").optional(),
  DNS_SERVER: z
    .string()
    .regex(
      /^(\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?|[0-9a-f:]*::?[0-9a-f:]*)$/i,
      "DNS_SERVER must be the address of a name server, such as 9.9.9.9 or 127.0.0.1:5353.",
    )
    .optional(),
  DKIM_KEY: z.string().optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,60}[a-z0-9])?$/i, "DKIM_SELECTOR must be a name of letters, digits and dashes.")
    .optional(),
  CRON_SECRET: z
    .string()
    .min(32, "CRON_SECRET must have 32 characters or more, e.g. from: openssl rand -hex 32")
    .optional(),
  SECRET: z.string().min(32, "SECRET must have 32 characters or more, e.g. from: openssl rand -hex 32").optional(),
  HUGGINGFACE_URL: url("HUGGINGFACE_URL").default("https://huggingface.co"),
  ARXIV_API_URL: url("ARXIV_API_URL").default("https://export.arxiv.org/api/query"),
  ARXIV_RSS_URL: url("ARXIV_RSS_URL").default("https://rss.arxiv.org"),
  ARXIV_OAI_URL: url("ARXIV_OAI_URL").default("https://oaipmh.arxiv.org/oai"),
  BROADSHEET_CONFIG: z.string().optional(),
  TRUSTED_PROXIES: z.string().default(""),
  WORKER: z.enum(["0", "1"], "WORKER must be 1 (do the timetable's work) or 0 (serve pages only).").default("1"),
  ADMIN_EMAIL: z.email("ADMIN_EMAIL must be an e-mail address.").optional(),
  NODE_ENV: z.string().default("development"),
});

export type Env = ReturnType<typeof parseEnv>;

/** What the environment says, or one `Error` whose message has a sentence for each mistake. */
export function parseEnv(source: Record<string, string | undefined>) {
  // A variable that is set to nothing counts as not set: `SMTP_URL= npm start` means "no mail server".
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = envSchema.safeParse(set);
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.map((issue) => sentenceOf(issue)));
  const { data } = parsed;
  const siteUrl = new URL(data.SITE_URL ?? `http://localhost:${data.PORT}`);
  return {
    databaseUrl: data.DATABASE_URL,
    dataDir: resolve(/* turbopackIgnore: true */ data.DATA_DIR),
    host: data.HOST,
    port: data.PORT,
    /** Where `GET /metrics` is answered. Left out: nowhere. */
    metrics: data.METRICS_PORT === undefined ? null : { host: data.METRICS_HOST, port: data.METRICS_PORT },
    siteUrl: siteUrl.origin,
    smtpUrl: data.SMTP_URL,
    /** Left out: the site's own name, at its own host. */
    mailFrom: data.MAIL_FROM,
    /** Where mail that cannot be delivered comes back, with `+…` after its local part. Left out: to the sender, unread by us. */
    bounceAddress: data.BOUNCE_ADDRESS,
    /** Whom `npm run doctor` and the daily check ask about the sender's domain. Left out: the name servers of this machine. */
    dnsServer: data.DNS_SERVER,
    /** A PEM file with the key that signs mails, and the name under which its public half is in the DNS (RFC 6376). */
    dkimKeyPath: data.DKIM_KEY && resolve(/* turbopackIgnore: true */ data.DKIM_KEY),
    dkimSelector: data.DKIM_SELECTOR,
    cronSecret: data.CRON_SECRET,
    secret: data.SECRET,
    huggingFaceUrl: data.HUGGINGFACE_URL.replace(/\/+$/, ""),
    arxivApiUrl: data.ARXIV_API_URL,
    arxivRssUrl: data.ARXIV_RSS_URL.replace(/\/+$/, ""),
    arxivOaiUrl: data.ARXIV_OAI_URL,
    configPath: resolve(
      /* turbopackIgnore: true */ data.BROADSHEET_CONFIG ?? join(data.DATA_DIR, "broadsheet.config.json"),
    ),
    trustedProxies: data.TRUSTED_PROXIES.split(/[\s,]+/).filter(Boolean),
    worker: data.WORKER === "1",
    adminEmail: data.ADMIN_EMAIL,
    production: data.NODE_ENV === "production",
  };
}

/** Mistakes in the configuration, a sentence each. Ends a start with exit code 78 (EX_CONFIG of sysexits.h). */
export class ConfigurationError extends Error {
  readonly sentences: string[];
  constructor(sentences: string[]) {
    super(sentences.join("\n"));
    this.name = "ConfigurationError";
    this.sentences = sentences;
  }
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const name = issue.path.join(".");
  return issue.message.startsWith(name) ? issue.message : `${name}: ${issue.message}.`;
}

/** The checked environment of this process. */
export const env: Env = parseEnv(process.env);
