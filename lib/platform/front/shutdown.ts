type Ending = { name: string; end: () => Promise<void> };

// Next evaluates its own copy of our modules: what both must see lies on the process.
const held = globalThis as typeof globalThis & { broadsheetEndings?: Ending[] };
held.broadsheetEndings ??= [];
const endings: Ending[] = held.broadsheetEndings;

/** Says how to end something that runs in the background: take nothing new, finish or give back what is in hand. */
export function atShutdown(name: string, end: () => Promise<void>): void {
  endings.push({ name, end });
}

/** Ends everything, side by side. Names what could not be ended. */
export async function endAll(): Promise<string[]> {
  const all = endings.splice(0);
  const results = await Promise.allSettled(all.map(({ end }) => end()));
  return all.flatMap(({ name }, index) => (results[index]?.status === "rejected" ? [name] : []));
}
