import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

type Command<Name extends string, List extends string> = {
  /** Printed for `--help`. */
  help: string;
  /** Names of options that take a value. */
  options?: readonly Name[];
  /** Names of options that take a value and may be given several times. */
  lists?: readonly List[];
  /** Names of options that take none. */
  flags?: readonly string[];
  /** Whether words without a dash are allowed. */
  positionals?: boolean;
};

/**
 * The arguments of a command. Ends the process for `--help` (0, help on stdout) and for wrong usage (2, one line on stderr).
 */
export function parseCommand<Name extends string = never, List extends string = never>({
  help,
  options = [],
  lists = [],
  flags = [],
  positionals = false,
}: Command<Name, List>): {
  values: Partial<Record<Name, string> & Record<List, string[]>>;
  /** Those that were given. */
  flags: Set<string>;
  positionals: string[];
} {
  const config: ParseArgsOptionsConfig = { help: { type: "boolean", short: "h" } };
  for (const name of options) config[name] = { type: "string" };
  for (const name of lists) config[name] = { type: "string", multiple: true };
  for (const name of flags) config[name] = { type: "boolean" };
  try {
    const given = parseArgs({ options: config, allowPositionals: positionals });
    const found = new Set(flags.filter((name) => given.values[name] === true));
    if (!given.values.help)
      return { ...given, values: given.values as Partial<Record<Name, string> & Record<List, string[]>>, flags: found };
  } catch (error) {
    wrongUsage(error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error));
  }
  process.stdout.write(help);
  process.exit(0);
}

/** One line on stderr, exit code 2. */
export function wrongUsage(sentence: string): never {
  process.stderr.write(`${sentence.replace(/\.?$/, ".")} Try --help.\n`);
  process.exit(2);
}
