import { type Command, shortcutGroups } from "#components/keyboard/keys.ts";

/** What a browser tells of a key press: the character that it types, and the place of the key. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/**
 * What a key press means. `afterG` is whether the press before it was the first half of a pair. "pair" begins one; null
 * is no shortcut. Ctrl, Meta and Alt belong to the browser and to screen readers.
 */
export function readKey(press: KeyPress, { afterG }: { afterG: boolean }): Command | "pair" | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = letterOf(press);
  if (afterG) return pairs.get(key) ?? singles.get(key) ?? null;
  return key === "g" ? "pair" : (singles.get(key) ?? null);
}

/** A modifier goes down before the key that it is for: it is not a press of its own. */
export function isModifier({ key }: KeyPress): boolean {
  return ["Shift", "Control", "Meta", "Alt", "AltGraph", "CapsLock"].includes(key);
}

/** Where a keyboard types another script, the key counts that lies at the letter's place. Caps Lock changes nothing. */
function letterOf({ key, code, shiftKey }: KeyPress): string {
  const typed = /^\P{ASCII}$/u.test(key) && code.startsWith("Key") && !shiftKey ? code.slice(3) : key;
  return shiftKey ? typed : typed.toLowerCase();
}

const shortcuts = shortcutGroups.flatMap(({ shortcuts }) => shortcuts);
const singles = new Map(shortcuts.flatMap(({ keys: [key, second], command }) => (second ? [] : [[key, command]])));
const pairs = new Map(shortcuts.flatMap(({ keys: [, second], command }) => (second ? [[second, command]] : [])));
