const SHOWN = 40;

/** Every author of a paper. A collaboration's hundreds are folded, so that the abstract stays in sight. */
export function AllAuthors({ authors }: { authors: readonly string[] }) {
  const folded = authors.length > SHOWN ? authors.slice(SHOWN) : [];
  const shown = authors.slice(0, authors.length - folded.length);
  return (
    <div className="mt-4 leading-relaxed wrap-anywhere">
      <p>{shown.join(", ")}</p>
      {folded.length > 0 && (
        <details className="mt-1">
          <summary className="text-muted font-sans text-sm">
            and {folded.length.toLocaleString("en")} more authors
          </summary>
          <p>{folded.join(", ")}</p>
        </details>
      )}
    </div>
  );
}
