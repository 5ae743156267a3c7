/** The paper as data for programs that read pages (JSON-LD). `json` has no `<` in it, so nothing in it can end the element. */
export function ScholarlyArticle({ json }: { json: string }) {
  return <script type="application/ld+json">{json}</script>;
}
