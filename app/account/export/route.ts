import { currentAccount } from "#lib/accounts/queries.ts";
import { findPersonalData } from "#lib/personal/queries.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";

/** Everything that the site knows of who is signed in, as a file. */
export async function GET(request: Request): Promise<Response> {
  const account = await currentAccount(request.headers);
  if (!account) return seeOther(routes.signIn(routes.account()));
  return new Response(`${JSON.stringify(await findPersonalData(account), null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="my-data.json"',
      "Cache-Control": "no-store",
    },
  });
}
