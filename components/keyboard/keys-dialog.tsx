import { KeyList } from "#components/keyboard/key-list.tsx";
import { ShortcutSwitch } from "#components/keyboard/shortcut-switch.tsx";
import { Button } from "#components/ui/button.tsx";

/** The keys, over the page. The browser keeps the focus in it, closes it by Escape, and gives the focus back. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <dialog
      ref={(dialog) => dialog?.showModal()}
      onClose={onClose}
      aria-labelledby="keys-heading"
      className="border-ink bg-paper text-ink m-auto w-[min(34rem,calc(100vw-2rem))] border p-6 backdrop:bg-black/40"
    >
      <div className="grid gap-5">
        <div className="flex items-baseline justify-between gap-4">
          <h2 id="keys-heading" className="text-2xl font-semibold">
            Keys
          </h2>
          <form method="dialog">
            <Button type="submit" quiet>
              Close
            </Button>
          </form>
        </div>
        <KeyList heading="h3" />
        <ShortcutSwitch />
      </div>
    </dialog>
  );
}
