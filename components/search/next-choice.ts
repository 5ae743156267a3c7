/**
 * Where an arrow key leads in a list of so many: through it and back to the line itself (-1), from either end. Null for keys
 * that choose nothing.
 */
export function nextChoice(key: string, chosen: number, count: number): number | null {
  if (key === "ArrowDown") return chosen + 1 < count ? chosen + 1 : -1;
  if (key === "ArrowUp") return chosen >= 0 ? chosen - 1 : count - 1;
  return null;
}
