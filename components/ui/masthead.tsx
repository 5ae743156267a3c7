import { AccountLink } from "#components/accounts/account-link.tsx";
import { SearchForm } from "#components/search/search-form.tsx";
import { routes } from "#lib/platform/routes.ts";

type Props = { name: string; tagline: string };

const places = [
  { label: "Today", href: routes.home() },
  { label: "This week", href: routes.thisWeek() },
  { label: "This month", href: routes.thisMonth() },
  { label: "Trending", href: routes.trending() },
];

/** The newspaper's head, on every page: its name, and the ways through it. */
export function Masthead({ name, tagline }: Props) {
  return (
    <header className="mx-auto w-full max-w-[68rem] px-4 pt-6 sm:px-8">
      <div className="text-muted flex items-baseline justify-between gap-4 font-sans text-sm">
        <a href={routes.subscribe()}>Get it by mail</a>
        <AccountLink />
      </div>
      <div className="pt-4 pb-4 text-center sm:pt-2">
        <p className="text-5xl leading-none tracking-tight sm:text-7xl">
          <a href={routes.home()} className="text-ink hover:text-ink no-underline">
            {name}
          </a>
        </p>
        <p className="text-muted mx-auto mt-3 max-w-[34rem] leading-snug text-balance italic">{tagline}</p>
      </div>
      <div className="rule-double border-b-rule flex flex-wrap items-center justify-between gap-x-8 gap-y-2 border-b py-2 font-sans text-sm">
        <nav aria-label="Editions">
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {places.map(({ label, href }) => (
              <li key={href}>
                <a href={href} className="inline-block py-1 no-underline hover:underline">
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <SearchForm />
      </div>
    </header>
  );
}
