import type { ReactNode } from "react";
import { SearchForm } from "#components/search/search-form.tsx";
import { Places } from "#components/ui/places.tsx";
import { routes } from "#lib/platform/routes.ts";

type Props = {
  name: string;
  tagline: string;
  /** The dateline. */
  children?: ReactNode;
};

/** The newspaper's head, on every page: its name, where and when one is, and the ways through it. */
export function Masthead({ name, tagline, children }: Props) {
  return (
    <header className="mx-auto w-full max-w-[68rem] px-4 pt-4 sm:px-8 sm:pt-6">
      <div className="text-muted flex items-baseline justify-between gap-4 font-sans text-sm">
        <a href={routes.subscribe()}>Get it by mail</a>
        {/* It is the same for everybody: who is not signed in is asked to. */}
        <a href={routes.account()}>Account</a>
      </div>
      <div className="pt-3 pb-3 text-center sm:pt-0 sm:pb-4">
        <p className="text-name tracking-tight">
          <a href={routes.home()} className="text-ink hover:text-ink no-underline">
            {name}
          </a>
        </p>
        <p className="text-muted mx-auto mt-2 max-w-[34rem] text-sm leading-snug text-balance italic sm:mt-3 sm:text-base">
          {tagline}
        </p>
      </div>
      {children}
      <div className="rule-double border-b-rule flex flex-wrap items-center justify-between gap-x-8 gap-y-1 border-b py-2 font-sans text-sm">
        <Places />
        <SearchForm />
      </div>
    </header>
  );
}
