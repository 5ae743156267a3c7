/** Characters to print, and the index at which reading goes on. */
export type Printed = { text: string; end: number };

/** A tie (`~`) is a blank; before a number ("~30 models") it means "about", in a path it is itself. */
export function readTilde(text: string, at: number): Printed {
  const isAbout = /[\s(]/.test(text[at - 1] ?? " ") && /[\d$]/.test(text[at + 1] ?? "");
  const isPath = text[at + 1] === "/" || text[at - 1] === "/";
  return { text: isAbout || isPath ? "~" : " ", end: at + 1 };
}

/** `--` and `---` are dashes, but `--help` is an option of a command, and a longer run is somebody's ruler. */
export function readDash(text: string, at: number): Printed {
  const run = /^-{1,20}/.exec(text.slice(at, at + 20))?.[0] ?? "-";
  const end = at + run.length;
  if (run.length === 3) return { text: "—", end };
  const isOption = /[\s(`'"[]/.test(text[at - 1] ?? " ") && /[A-Za-z]/.test(text[end] ?? "");
  return { text: run.length === 2 && !isOption ? "–" : run, end };
}

/** ` ``word'' ` and ` ``word" ` become “word”, `word' becomes ‘word’. Quotation marks without a partner stay. */
export function readQuote(text: string, at: number, { isOpen }: { isOpen: boolean }): Printed & { isOpen: boolean } {
  const run = /^(?:`{1,10}|'{1,10}|")/.exec(text.slice(at, at + 10))?.[0] ?? "'";
  const end = at + run.length;
  if (run === "``" && !isOpen && closesLater(text, end)) return { text: "“", end, isOpen: true };
  if (isOpen && /^(?:''|"|``)$/.test(run)) return { text: "”", end, isOpen: false };
  const quoted = run === "`" ? /^`([^`'"$\\{}]{1,80})'(?![A-Za-z'])/.exec(text.slice(at, at + 90))?.[1] : undefined;
  if (quoted !== undefined) return { text: `‘${quoted}’`, end: at + quoted.length + 2, isOpen };
  return { text: run, end, isOpen };
}

function closesLater(text: string, start: number): boolean {
  const quoted = text.slice(start, start + 600);
  return /^\S/.test(quoted) && /''|"|\S``(?![A-Za-z])/.test(quoted);
}
