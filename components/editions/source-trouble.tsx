import { routes } from "#lib/platform/routes.ts";

/** One line above a list when a source is silent: how old the news may be. */
export function SourceTrouble({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <p role="status" className="border-accent bg-raised mt-4 border-l-4 px-4 py-2 font-sans text-sm leading-relaxed">
      {sentences.join(" ")} <a href={routes.status()}>How the sources are doing</a>
    </p>
  );
}
