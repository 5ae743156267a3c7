// One sweep of the timetable's mail, now, in a process with an environment of its own: prints how many mails left.
import { writeSignIn } from "#lib/accounts/send-sign-in.ts";
import { sendDueDigests } from "#lib/digest/send-digest.ts";
import { sendDueLetters } from "#lib/letters/send-letters.ts";
import { now } from "#lib/platform/clock.ts";
import { mailer } from "#lib/platform/mailer.ts";
import { writeConfirmation } from "#lib/subscribers/send-confirmation.ts";

const writers = { "sign-in": writeSignIn, "confirm-subscription": writeConfirmation };
const digests = await sendDueDigests({ now: now(), limit: 100 });
const letters = await sendDueLetters({ now: now(), limit: 100, writers });
mailer.close();
process.stdout.write(JSON.stringify({ digests: digests.accepted, letters: letters.accepted }), () => process.exit(0));
