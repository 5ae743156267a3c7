/** Where a form leads after it has done its work: a page that can be reloaded (303). `path` is ours. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store" } });
}
