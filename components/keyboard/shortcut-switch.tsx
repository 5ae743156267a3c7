"use client";

import { useState } from "react";
import { keepShortcuts, useShortcutsOn } from "#components/keyboard/shortcut-store.ts";
import { Button } from "#components/ui/button.tsx";

/** Turns the keys off and on in this browser: speech control and a hand that slips press single letters unmeant. */
export function ShortcutSwitch() {
  const on = useShortcutsOn();
  const [refused, setRefused] = useState(false);
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2 font-sans text-sm">
      {on !== undefined && (
        <Button type="button" quiet onClick={() => setRefused(!keepShortcuts(!on))}>
          {on ? "Turn the keys off" : "Turn the keys on"}
        </Button>
      )}
      <p role="status">{refused ? "This browser keeps no settings for this site." : words(on)}</p>
    </div>
  );
}

function words(on: boolean | undefined): string {
  if (on === undefined) return "The keys work where JavaScript is on.";
  return on ? "The keys are on." : "The keys are off, in this browser.";
}
