type Props = { page: number; pages: number; hrefOf: (page: number) => string };

/** The way to the other pages of a long list. One page needs none. */
export function Pager({ page, pages, hrefOf }: Props) {
  if (pages < 2) return null;
  return (
    <nav aria-label="Pages" className="border-ink flex items-baseline justify-between border-t py-4 font-sans text-sm">
      {page > 1 ? (
        <a rel="prev" href={hrefOf(page - 1)}>
          ← Page {page - 1}
        </a>
      ) : (
        <span />
      )}
      <span className="text-muted">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a rel="next" data-key="j" href={hrefOf(page + 1)}>
          Page {page + 1} →
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
