import { requestLatestDigest } from "#lib/digest/recipients/commands.ts";
import { dayAt } from "#lib/editions/edition-date.ts";
import { now } from "#lib/platform/clock.ts";
import { refusalPage } from "#lib/platform/front/refusal-page.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";
import { site } from "#lib/platform/site-config.ts";
import { endAllMail, pauseMail, savePreferences } from "#lib/subscribers/preferences/commands.ts";
import { findAddressPreferences } from "#lib/subscribers/preferences/queries.ts";
import { readPause, typedPreferencesSchema } from "#lib/subscribers/preferences/read-preferences.ts";

/** The buttons of the preferences page, which then says what is true. What was wrongly typed goes with the address, to be mended. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/preferences/[token]/[deed]">,
): Promise<Response> {
  const { token, deed } = await params;
  const fields = Object.fromEntries(await request.formData().catch(() => new FormData()));
  const of = typeof fields.of === "string" ? fields.of : "";
  switch (deed) {
    case "save":
      return save(token, { of, fields });
    case "pause":
      return pause(token, fields);
    case "end-all":
      await endAllMail({ token, now: now() });
      return seeOther(routes.preferences(token, { done: "ended" }));
    case "send-latest":
      await sendLatest(token, of);
      return seeOther(routes.preferences(token));
    default:
      return refuse(request);
  }
}

async function save(
  token: string,
  { of, fields }: { of: string; fields: Record<string, FormDataEntryValue> },
): Promise<Response> {
  const typed = typedPreferencesSchema.parse(fields);
  const { status } = await savePreferences({ token, subscriptionId: of, typed });
  const query = status === "problems" ? { of, ...typed } : status === "saved" ? { done: "saved", of } : {};
  return seeOther(`${routes.preferences(token, query)}#${encodeURIComponent(of)}`);
}

async function pause(token: string, fields: Record<string, FormDataEntryValue>): Promise<Response> {
  if (fields.resume) {
    await pauseMail({ token, until: null });
    return seeOther(routes.preferences(token, { done: "resumed" }));
  }
  const typed = typeof fields.until === "string" ? fields.until : "";
  const read = readPause(typed, { today: dayAt(now(), site) });
  if (read.status === "problem") return seeOther(`${routes.preferences(token, { until: typed || "-" })}#pause`);
  await pauseMail({ token, until: read.until });
  return seeOther(routes.preferences(token, { done: "paused" }));
}

/** Only for a subscription of the address whose link this is. */
async function sendLatest(token: string, of: string): Promise<void> {
  const found = await findAddressPreferences(token);
  const mine = found?.subscriptions.find(({ id, search }) => id === of && search === "");
  if (mine) await requestLatestDigest({ subscriberId: mine.id, now: now() });
}

function refuse(request: Request): Response {
  const refusal = {
    status: 404,
    sentence: "There is no such button. Open the page of your preferences and choose one there.",
  };
  const { contentType, body } = refusalPage(refusal, { accept: request.headers.get("accept") ?? undefined, path: "" });
  return new Response(body, { status: refusal.status, headers: { "Content-Type": contentType } });
}
