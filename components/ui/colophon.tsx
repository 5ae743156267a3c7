import { routes } from "#lib/platform/routes.ts";

/** The foot of every page: where it comes from, and where the rules are. */
export function Colophon({ name, sources }: { name: string; sources: readonly string[] }) {
  return (
    <footer className="mx-auto mt-10 w-full max-w-[68rem] px-4 pb-12 sm:px-8">
      <div className="rule-double text-muted flex flex-wrap justify-between gap-x-8 gap-y-2 pt-4 font-sans text-sm leading-relaxed">
        <p className="max-w-[40rem]">
          {name} prints titles and abstracts of papers on arXiv. Thank you to arXiv for use of its open access
          interoperability. It is not endorsed by {sources.join(" or by ")}.
        </p>
        <nav aria-label="About this site" className="flex gap-5">
          <a href={routes.about()}>How papers are ranked</a>
          <a href={routes.status()}>Status</a>
          <a href={routes.keyboard()}>Keys</a>
          <a href={routes.feed(routes.home(), "xml")}>Feed</a>
        </nav>
      </div>
    </footer>
  );
}
