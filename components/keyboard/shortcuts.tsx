"use client";

import { useEffect, useState } from "react";
import { KeysDialog } from "#components/keyboard/keys-dialog.tsx";
import { obey } from "#components/keyboard/obey.ts";
import { isTyping } from "#components/keyboard/papers-on-page.ts";
import { isModifier, readKey } from "#components/keyboard/read-key.ts";
import { shortcutsOn } from "#components/keyboard/shortcut-store.ts";

/** Reading from the keyboard, on every page. What a key cannot do here is said, at the foot of the screen and by voice. */
export function Shortcuts() {
  const [said, say] = useState("");
  const [helpOpen, setHelpOpen] = useState(false);

  // Keys are the document's: whatever has the focus, the press arrives there.
  useEffect(() => {
    let afterG = false;
    function press(event: KeyboardEvent) {
      if (!isForUs(event)) return;
      const meant = readKey(event, { afterG });
      afterG = meant === "pair";
      if (meant !== null) event.preventDefault();
      if (meant === "help") setHelpOpen(true);
      say(answerTo(meant));
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <>
      <p role="status" className="keyboard-word">
        {said}
      </p>
      {helpOpen && <KeysDialog onClose={() => setHelpOpen(false)} />}
    </>
  );
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || isModifier(event)) return false;
  return shortcutsOn() && !isTyping(event.target);
}

function answerTo(meant: ReturnType<typeof readKey>): string {
  if (meant === "pair") return "g, and then: h latest edition, t trending, s search";
  return meant === null || meant === "help" ? "" : obey(meant);
}
