import { expect, test } from "vitest";
import { ConfigurationError, parseEnv } from "#lib/platform/env.ts";

test("nothing set is a site on this machine, with an embedded Postgres and an outbox", () => {
  expect(parseEnv({})).toMatchObject({
    databaseUrl: undefined,
    smtpUrl: undefined,
    host: "127.0.0.1",
    port: 3000,
    siteUrl: "http://localhost:3000",
    worker: true,
    cronSecret: undefined,
  });
});

test("a variable set to nothing counts as not set", () => {
  expect(parseEnv({ SMTP_URL: "", PORT: "", SITE_URL: "" })).toEqual(parseEnv({}));
});

test("the address follows the port, and loses its path", () => {
  expect(parseEnv({ PORT: "3999" }).siteUrl).toBe("http://localhost:3999");
  expect(parseEnv({ SITE_URL: "https://papers.example.org/feed/" }).siteUrl).toBe("https://papers.example.org");
});

test.each([
  [{ PORT: "eighty" }, /^PORT must be a number/],
  [{ PORT: "70000" }, /^PORT/],
  [{ METRICS_PORT: "9464x" }, /^METRICS_PORT must be a number/],
  [{ DATABASE_URL: "mysql://localhost/papers" }, /^DATABASE_URL must begin with postgresql:/],
  [{ SITE_URL: "papers.example.org" }, /^SITE_URL must be an http or https address/],
  [{ SITE_URL: "ftp://papers.example.org" }, /^SITE_URL must be/],
  [{ SMTP_URL: "mail.example.org" }, /^SMTP_URL must begin with smtp:/],
  [{ MAIL_FROM: "Broadsheet" }, /^MAIL_FROM must be an address/],
  [{ MAIL_FROM: "Broadsheet digest@example.org" }, /^MAIL_FROM must be an address/],
  [{ MAIL_FROM: "A <a@example.org>\r\nBcc: b@example.org" }, /^MAIL_FROM/],
  [{ CRON_SECRET: "short" }, /^CRON_SECRET must have 32 characters/],
  [{ SECRET: "short" }, /^SECRET must have 32 characters/],
  [{ WORKER: "yes" }, /^WORKER must be 1/],
  [{ ADMIN_EMAIL: "admin" }, /^ADMIN_EMAIL must be/],
  [{ ARXIV_API_URL: "nowhere" }, /^ARXIV_API_URL must be/],
])("%j ends the start with a sentence", (source, sentence) => {
  expect(() => parseEnv(source)).toThrow(sentence);
});

test("each mistake has its own sentence", () => {
  try {
    parseEnv({ PORT: "x", WORKER: "2", SMTP_URL: "y" });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).sentences).toHaveLength(3);
  }
});
