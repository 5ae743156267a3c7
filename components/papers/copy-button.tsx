"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** Copies a text and says so. Where there is no clipboard the text can be selected as it stands. */
export function CopyButton({ text }: { text: string }) {
  const [state, setState] = useState<"ready" | "copied" | "refused">("ready");
  const words = { ready: "Copy", copied: "Copied", refused: "Select and copy it by hand" };

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      setState("refused");
    }
  }

  return (
    <Button type="button" quiet onClick={copy}>
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}
