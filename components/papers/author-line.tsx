const SHOWN = 6;

/** The first authors and how many more. All of them stand on the paper's page. */
export function AuthorLine({ authors }: { authors: readonly string[] }) {
  // One more would take as much room as saying so.
  const more = authors.length - SHOWN;
  return (
    <p className="paper-authors">
      {more > 1 ? `${authors.slice(0, SHOWN).join(", ")} and ${more.toLocaleString("en")} more` : authors.join(", ")}
    </p>
  );
}
