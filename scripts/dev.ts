// npm run dev: the site with hot reloading, on the same database and by the same server.
import { parseCommand } from "#scripts/parse-command.ts";
import { openDatabase, sentenceFor } from "#scripts/with-database.ts";

const help = `Usage: npm run dev

The site with hot reloading, on the database of DATABASE_URL or the one in DATA_DIR, by the same server as npm start. With
npm run fakes beside it, and the settings that it prints, no source on the network is asked. Ctrl-C ends it.
`;

parseCommand({ help });

try {
  const postgres = await openDatabase();
  const { env } = await import("#lib/platform/env.ts");
  const { startServer } = await import("#server.ts");
  const server = await startServer({ port: env.port, host: env.host, dev: true });
  process.stdout.write(`Developing at ${env.siteUrl}. Sources: ${env.huggingFaceUrl}, ${env.arxivApiUrl}\n`);
  const end = async () => {
    await server.close();
    await postgres?.stop();
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
} catch (error) {
  process.stderr.write(`${sentenceFor(error)}\n`);
  process.exit(1);
}
