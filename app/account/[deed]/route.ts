import { cookies } from "next/headers";
import { endOtherSessions, endSession, eraseAccount } from "#lib/accounts/commands.ts";
import { cookieAttributes, sessionCookieName } from "#lib/accounts/cookies.ts";
import { currentSession } from "#lib/accounts/queries.ts";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";

/** The buttons of /account. Who is not signed in any more has nothing to end, and is led on as if all had been done. */
export async function POST(request: Request, { params }: RouteContext<"/account/[deed]">): Promise<Response> {
  const { deed } = await params;
  const session = await currentSession(request.headers);
  switch (deed) {
    case "sign-out":
      if (session) await endSession(session.id);
      await forgetCookie();
      return seeOther(routes.home());
    case "sign-out-elsewhere":
      if (session) await endOtherSessions(session.account.id, { sessionId: session.id });
      return seeOther(routes.account());
    case "delete":
      if (!session) return seeOther(routes.signIn(routes.account()));
      await eraseAccount(session.account);
      await forgetCookie();
      return seeOther(routes.accountDeleted());
    default:
      return refuse(request);
  }
}

async function forgetCookie(): Promise<void> {
  (await cookies()).delete({ name: sessionCookieName, ...cookieAttributes });
}

function refuse(request: Request): Response {
  const refusal = { status: 404, sentence: "There is no such button. Open your account page and choose one there." };
  const { contentType, body } = refusalPage(refusal, { accept: request.headers.get("accept") ?? undefined, path: "" });
  return new Response(body, { status: refusal.status, headers: { "Content-Type": contentType } });
}
