import type { NextConfig } from "next";

const config: NextConfig = {
  // server.ts keeps finished pages compressed; Next would compress each answer anew.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // A page is kept whole, so its head is whole in it: nothing of it follows later by script.
  htmlLimitedBots: /.*/,
  trailingSlash: false,
  // These find their own files on disk, or are loaded by plain Node as well: the bundler leaves them alone.
  serverExternalPackages: [
    "pg",
    "nodemailer",
    "mailparser",
    "better-auth",
    "@prisma/client",
    "@prisma/adapter-pg",
    "temml",
  ],
  // The gate checks types (npm run validate); a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  async rewrites() {
    // A page cannot answer with a file, so what follows a paper's id as an ending is a route of its own; and one route
    // makes the feeds of all lists.
    return [
      { source: "/feed.:format(xml|json)", destination: "/api/feed/:format" },
      { source: "/papers/feed.:format(xml|json)", destination: "/api/feed/:format/papers" },
      { source: "/papers/:list+/feed.:format(xml|json)", destination: "/api/feed/:format/papers/:list+" },
      { source: "/papers/date/:date.:format(md|png)", destination: "/api/edition-file/:format/:date" },
      { source: "/papers/:id(.*)\\.:format(bib|ris|json|md|png)", destination: "/api/paper-file/:format/:id" },
      { source: "/sitemap-:name.xml", destination: "/api/sitemap/:name" },
      { source: "/:name(apple-icon|icon-192|icon-512|icon-maskable-512).png", destination: "/api/icon/:name" },
    ];
  },
};

export default config;
