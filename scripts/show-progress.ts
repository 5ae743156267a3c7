import type { FileProgress } from "#lib/sources/archives/commands.ts";

/** Between two lines of progress where no terminal is. */
const EVERY_MS = 10_000;

/** Says how far a file is read: a bar that is drawn anew on a terminal, else a plain line now and then. */
export function progressTo(output: NodeJS.WriteStream): {
  say: (line: string) => void;
  onProgress: (progress: FileProgress) => void;
} {
  let shownAt = performance.now();
  const clear = () => void (output.isTTY && output.write("\r\x1b[2K"));
  return {
    say: (line) => {
      clear();
      output.write(`${line}\n`);
    },
    onProgress: (progress) => {
      const time = performance.now();
      if (time - shownAt < (output.isTTY ? 100 : EVERY_MS)) return;
      shownAt = time;
      clear();
      output.write(output.isTTY ? barOf(progress, output.columns || 80) : `${lineOf(progress)}\n`);
    },
  };
}

/** `[########                ]  34 %  snapshot.json: 812,000 lines, …`, as wide as the terminal. */
export function barOf(progress: FileProgress, columns: number): string {
  const share = Math.min(1, progress.read / Math.max(1, progress.size));
  const width = Math.max(10, Math.min(30, columns - 50));
  const filled = Math.round(share * width);
  const bar = `[${"#".repeat(filled)}${" ".repeat(width - filled)}]`;
  return `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${wordsOf(progress)}`.slice(0, columns - 1);
}

function lineOf(progress: FileProgress): string {
  return `${progress.name}: ${Math.floor((100 * progress.read) / Math.max(1, progress.size))} %, ${wordsOf(progress)}`;
}

function wordsOf({ lines, papers, wrong }: FileProgress): string {
  const number = (value: number) => value.toLocaleString("en");
  return `${number(lines)} lines, ${number(papers)} papers, ${number(wrong)} wrong`;
}
