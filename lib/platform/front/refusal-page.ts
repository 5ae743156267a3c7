import { STATUS_CODES } from "node:http";

export type RefusalPage = { contentType: string; body: string };

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
<title>${title}</title>
<style>:root{color-scheme:light dark}body{font:1.125rem/1.5 Georgia,serif;max-width:34rem;margin:4rem auto;padding:0 1rem}</style>
<main>
<h1>${title}</h1>
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
