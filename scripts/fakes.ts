// Plays the sources on this machine, for development and demonstrations: node scripts/fakes.ts --help
import { parseArgs } from "node:util";
import { now } from "#lib/platform/clock.ts";
import { type SourceServerOptions, startSourceServer } from "#tests/fakes/source-server.ts";

const help = `npm run fakes -- [--port 4600] [--recorded DIR] [--shift | --archive]

Plays Hugging Face's and arXiv's APIs on this machine until Ctrl-C, with invented papers up to today.

  --port N        listen on this port (4600; 0: any free one)
  --odd           play papers that are hard to draw: thousands of authors, long titles, many scripts, a day of one and of 200
  --recorded DIR  play recorded answers instead, each day by its date (the folder that holds hf/daily_papers)
  --shift         with --recorded: lay the recorded days over the weekdays up to today
  --archive       with --recorded: arXiv alone, of old records of all its classes laid over the weekdays up to today
  --help          this text`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4600" },
      recorded: { type: "string" },
      odd: { type: "boolean", default: false },
      shift: { type: "boolean", default: false },
      archive: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) console.log(help);
  else await play(toOptions(values));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 64;
}

type Values = { port: string; recorded?: string; shift: boolean; odd: boolean; archive: boolean };

function toOptions(values: Values): SourceServerOptions {
  if (!/^\d{1,5}$/.test(values.port)) throw new Error("--port must be a number from 0 to 65535.");
  const { recorded, archive } = values;
  if (values.shift && !recorded) throw new Error("--shift needs --recorded DIR: invented papers end today anyway.");
  if (archive && !recorded) throw new Error("--archive needs --recorded DIR: where the records are.");
  if (archive && values.shift)
    throw new Error("--archive is laid over the days up to today anyway: leave --shift out.");
  const today = now().toZonedDateTimeISO("UTC").toPlainDate();
  return { port: Number(values.port), recorded, odd: values.odd, archive, ...(values.shift && { shiftTo: today }) };
}

async function play(options: SourceServerOptions): Promise<void> {
  const server = await startSourceServer(options);
  const settings = Object.entries(server.settings).map(([name, value]) => `${name}=${value}`);
  const [oldest, newest] = [server.world.days[0], server.world.days.at(-1)];
  console.log(
    `The sources are played at ${server.url}, with ${server.world.days.length} days from ${oldest} to ${newest}.`,
  );
  console.log(`Start the site with these settings; Ctrl-C ends the sources.\n\n${settings.join(" ")} npm start\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = "code" in error && error.code === "EADDRINUSE";
  return taken ? "Something listens on that port already. Give another one with --port, or --port 0." : error.message;
}
