type Fields = Record<string, string | number | boolean | null | undefined>;

/** One JSON line per event on stderr. Never an address, a token or a search query. */
export const log = {
  info: (event: string, fields: Fields = {}) => write("info", event, fields),
  warn: (event: string, fields: Fields = {}) => write("warn", event, fields),
  error: (event: string, fields: Fields = {}) => write("error", event, fields),
};

/** What an error says for a log: one line. Prisma begins with an empty one and our own source, and ends with the reason. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = error.message.trim().split("\n").at(-1)?.trim();
  return said || error.name;
}

function write(level: string, event: string, fields: Fields): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
}
