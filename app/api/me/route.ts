import { currentAccount } from "#lib/accounts/queries.ts";
import { describeMe } from "#lib/votes/queries.ts";
import { shownPapersSchema } from "#lib/votes/schema.ts";

/** What is personal on a public page, for the client leaves of that page. `?papers=` names the papers that it shows. */
export async function GET(request: Request): Promise<Response> {
  const shown = shownPapersSchema.parse(new URL(request.url).searchParams.get("papers"));
  const me = await describeMe(await currentAccount(request.headers), shown);
  return Response.json(me, { headers: { "Cache-Control": "no-store" } });
}
