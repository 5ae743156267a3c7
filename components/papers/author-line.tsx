const SHOWN = 6;

/** The first authors and how many more. All of them stand on the paper's page. */
export function AuthorLine({ authors }: { authors: readonly string[] }) {
  const more = authors.length - SHOWN;
  return (
    <p className="mt-1.5 font-sans text-muted text-sm leading-relaxed [overflow-wrap:anywhere]">
      {/* One more would take as much room as saying so. */}
      {(more > 1 ? authors.slice(0, SHOWN) : authors).join(", ")}
      {more > 1 && ` and ${more.toLocaleString("en")} more`}
    </p>
  );
}
