import { describe, expect, test } from "vitest";
import { shortcutGroups } from "#components/keyboard/keys.ts";
import { isModifier, type KeyPress, readKey } from "#components/keyboard/read-key.ts";

const alone = { afterG: false };
const typed = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: "",
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test("every key of the help is obeyed as it says", () => {
  const shortcuts = shortcutGroups.flatMap(({ shortcuts }) => shortcuts);
  for (const { keys, command } of shortcuts) {
    const [first, second] = keys;
    if (second) {
      expect(readKey(typed(first), alone)).toBe("pair");
      expect(readKey(typed(second), { afterG: true })).toBe(command);
    } else {
      expect(readKey(typed(first), alone)).toBe(command);
    }
  }
  expect(new Set(shortcuts.map(({ keys }) => keys.join(" "))).size).toBe(shortcuts.length);
});

test("g h is the latest edition, h alone the day before", () => {
  expect(readKey(typed("h"), alone)).toBe("earlier");
  expect(readKey(typed("h"), { afterG: true })).toBe("latest");
});

test("a g that nothing belongs to is forgotten: the next key does what it does alone", () => {
  expect(readKey(typed("j"), { afterG: true })).toBe("next");
  expect(readKey(typed("x"), { afterG: true })).toBe(null);
  expect(readKey(typed("g"), { afterG: true })).toBe(null);
});

describe("not ours", () => {
  test.each(["ctrlKey", "metaKey", "altKey"] as const)("a letter with %s", (modifier) => {
    expect(readKey(typed("j", { [modifier]: true }), alone)).toBe(null);
    expect(readKey(typed("h", { [modifier]: true }), { afterG: true })).toBe(null);
  });

  test.each(["Enter", "Tab", "Escape", " ", "ArrowDown", "Home", "F5", "a", "7"])("%s", (key) => {
    expect(readKey(typed(key), alone)).toBe(null);
  });

  test("a capital letter typed with Shift", () => {
    expect(readKey(typed("J", { shiftKey: true }), alone)).toBe(null);
  });
});

test("? needs Shift on most keyboards, and / on some", () => {
  expect(readKey(typed("?", { shiftKey: true }), alone)).toBe("help");
  expect(readKey(typed("/", { shiftKey: true }), alone)).toBe("search");
});

test("Caps Lock changes nothing", () => {
  expect(readKey(typed("J"), alone)).toBe("next");
});

test("where a keyboard types Cyrillic, the place of the key counts", () => {
  expect(readKey(typed("о", { code: "KeyJ" }), alone)).toBe("next");
  expect(readKey(typed("О", { code: "KeyJ", shiftKey: true }), alone)).toBe(null);
  expect(readKey(typed("h", { code: "KeyJ" }), alone)).toBe("earlier"); // Dvorak: what is typed counts
});

test("a modifier on its way to another key is no press", () => {
  expect(isModifier(typed("Shift"))).toBe(true);
  expect(isModifier(typed("j"))).toBe(false);
});
