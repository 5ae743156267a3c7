import { STATUS_CODES } from "node:http";
import { site } from "#lib/platform/site-config.ts";

export type RefusalPage = { contentType: string; body: string };

/** What a person is told above the sentence; the other titles are HTTP's own words. */
const headings: Record<number, string> = {
  500: "This page could not be made",
  502: "This page could not be made",
  503: "We will be back in a moment",
  504: "That took too long",
};

// The tokens of app/tokens.css, written out: this page stands when no other can be made, and loads nothing.
const style = `:root{color-scheme:light dark;background:light-dark(#fbf9f3,#171613);color:light-dark(#1d1a16,#ece7dc);accent-color:currentColor}
body{margin:0 auto;padding:1rem;max-width:64rem;font:1.125rem/1.58 P052,"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif}
header{padding:1rem 0;border-bottom:4px double;text-align:center;font-size:clamp(2.75rem,9vw,5rem);line-height:1}
header a{text-decoration:none}
main{margin:3rem auto;max-width:31em}
h1{margin:0;font-size:1.9375rem;line-height:1.16;text-wrap:balance}
a{color:inherit;text-underline-offset:.2em}
:focus-visible{outline:2px solid light-dark(#86190f,#f0a693);outline-offset:3px}`;

/** A refusal as its reader takes it: RFC 9457 for programs, a small page that needs nothing else for people. */
export function refusalPage(
  { status, sentence }: { status: number; sentence: string },
  wants: { accept: string | undefined; path: string },
): RefusalPage {
  const title = STATUS_CODES[status] ?? "Error";
  if (wants.path.startsWith("/api/") || /\bjson\b/.test(wants.accept ?? "")) {
    return {
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "about:blank", title, status, detail: sentence }),
    };
  }
  if (!wants.accept?.includes("html")) return { contentType: "text/plain; charset=utf-8", body: `${sentence}\n` };
  return {
    contentType: "text/html; charset=utf-8",
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${title} · ${site.name}`)}</title>
<style>${style}</style>
<header><a href="/">${escapeHtml(site.name)}</a></header>
<main>
<h1>${headings[status] ?? title}</h1>
<p>${escapeHtml(sentence)}</p>
<p><a href="/">Go to the latest edition</a></p>
</main>
</html>
`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
