import type { Metadata } from "next";
import { KeyList } from "#components/keyboard/key-list.tsx";
import { ShortcutSwitch } from "#components/keyboard/shortcut-switch.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = {
  title: "Keys",
  description: "Reading from the keyboard: the keys, and how to turn them off.",
  alternates: { canonical: routes.keyboard() },
};

export default function KeyboardPage() {
  return (
    <PageFrame title="Reading from the keyboard">
      <p>
        Every page can be read with Tab and Enter alone. These single keys are quicker. They rest while you write, with
        Ctrl, Alt or ⌘, and in a dialog; <kbd>?</kbd> shows them over any page.
      </p>
      <KeyList heading="h2" />
      <ShortcutSwitch />
      <p className="text-muted text-base">
        Where you speak to your computer, or where a key is easily struck unmeant, turn them off; this browser remembers
        it.
      </p>
    </PageFrame>
  );
}
