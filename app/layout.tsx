import type { Metadata, Viewport } from "next";
import type { CSSProperties, ReactNode } from "react";
import "./globals.css";
import { SiteDateline } from "#app/dateline.tsx";
import { Shortcuts } from "#components/keyboard/shortcuts.tsx";
import { Colophon } from "#components/ui/colophon.tsx";
import { Masthead } from "#components/ui/masthead.tsx";
import { env } from "#lib/platform/env.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

// Every page reads the database when it is asked for; what is kept, and how long, is decided in front of Next.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  metadataBase: new URL(env.siteUrl),
  title: { default: site.name, template: `%s · ${site.name}` },
  description: site.tagline,
  applicationName: site.name,
  manifest: routes.manifest(),
  icons: {
    icon: [
      { url: routes.favicon(), sizes: "32x32" },
      { url: routes.icon(), type: "image/svg+xml", sizes: "any" },
    ],
    apple: { url: routes.iconPicture("apple-icon"), sizes: "180x180" },
  },
  openGraph: {
    type: "website",
    siteName: site.name,
    locale: "en",
    images: [{ url: routes.siteCard(), width: 1200, height: 630, type: "image/png", alt: site.name }],
  },
  twitter: { card: "summary_large_image" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbf9f3" },
    { media: "(prefers-color-scheme: dark)", color: "#171613" },
  ],
};

// A style sheet cannot ask where it stands: print.css writes each paper's address out by these words.
const host = env.siteUrl.replace(/^https?:\/\//, "");
const addressOnPaper = { "--site": `"${host}"` } as CSSProperties;

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" style={addressOnPaper}>
      <body>
        <a
          href="#content"
          className="bg-ink text-paper hover:text-paper absolute -top-16 left-2 px-3 py-2 font-sans text-sm focus:top-2"
        >
          Skip to the papers
        </a>
        <Masthead name={site.name} tagline={site.tagline}>
          <SiteDateline />
        </Masthead>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[68rem] px-4 outline-none sm:px-8">
          {children}
        </main>
        {/* React moves it into the head. */}
        <link rel="search" type="application/opensearchdescription+xml" title={site.name} href={routes.openSearch()} />
        <Shortcuts />
        <Colophon name={site.name} sources={site.huggingFace ? ["arXiv", "Hugging Face"] : ["arXiv"]} />
      </body>
    </html>
  );
}
