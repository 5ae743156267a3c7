/** A class is itself, or of its archive: `cs.LG` is of `cs`. */
export function isInClass(category: string, wanted: readonly string[]): boolean {
  return wanted.some((name) => category === name || category.startsWith(`${name}.`));
}
