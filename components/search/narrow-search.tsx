import type { SearchView } from "#lib/search/types.ts";

/** The filters of this search, each a way to do without it. */
export function Filters({ filters }: Pick<SearchView, "filters">) {
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Filters of this search" className="chips">
      {filters.map(({ label, href }) => (
        <li key={label}>
          <a href={href} className="chip" title="Search without this filter">
            <span className="sr-only">Without the filter: </span>
            {label} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What narrows this search, with how many papers each choice leaves. */
export function Facets({ facets }: Pick<SearchView, "facets">) {
  if (facets.length === 0) return null;
  return (
    <nav aria-label="Narrow this search">
      <dl className="facets">
        {facets.map(({ name, values }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <ul className="facet-values">
                {values.map(({ label, count, href }) => (
                  <li key={label}>
                    <a href={href}>{label}</a> <span>{count.toLocaleString("en")}</span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </nav>
  );
}

/** The orders that these papers can have. */
export function Sorts({ sorts }: Pick<SearchView, "sorts">) {
  return (
    <nav aria-label="Order of the papers">
      <ul aria-label="Order" className="choices">
        {sorts.map(({ label, href, current }) => (
          <li key={label}>
            <a href={href} aria-current={current ? "true" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
