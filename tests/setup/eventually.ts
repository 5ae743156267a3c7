/** Waits until `look` gives something, and gives that. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const found = await look();
    if (found) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`Waited a minute for ${what}.`);
}
