import { useSyncExternalStore } from "react";

const place = "shortcuts";
const listeners = new Set<() => void>();

/** Whether single keys do something; they do until the reader says otherwise (WCAG 2.1.4). Undefined in the HTML. */
export function useShortcutsOn(): boolean | undefined {
  return useSyncExternalStore(watch, shortcutsOn, () => undefined);
}

export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(place) !== "off";
  } catch {
    return true; // a browser that keeps nothing, as it does for a site whose data is blocked
  }
}

/** Kept in this browser. False when the browser keeps nothing. */
export function keepShortcuts(on: boolean): boolean {
  try {
    if (on) localStorage.removeItem(place);
    else localStorage.setItem(place, "off");
  } catch {
    return false;
  }
  for (const listener of listeners) listener();
  return true;
}

/** Other tabs tell by the storage event. */
function watch(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
