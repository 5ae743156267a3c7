import type { VersionView } from "#lib/editions/types.ts";

// A list that is longer is folded below these.
const SHOWN = 5;

/** The versions of a paper, newest first. An address with a version leads to its line here. */
export function VersionHistory({ versions }: { versions: readonly VersionView[] }) {
  if (versions.length === 0) return null;
  const older = versions.length > SHOWN + 1 ? versions.slice(SHOWN) : [];
  return (
    <section aria-labelledby="versions">
      <h2 id="versions" className="text-muted">
        Versions
      </h2>
      <Lines versions={versions.slice(0, versions.length - older.length)} />
      {older.length > 0 && (
        <details>
          <summary className="min-h-6 py-1">{`${older.length} older versions`}</summary>
          <Lines versions={older} />
        </details>
      )}
    </section>
  );
}

function Lines({ versions }: { versions: readonly VersionView[] }) {
  return (
    <ul className="grid gap-1">
      {versions.map(({ version, submitted, present, arxivUrl, changes }) => (
        <li key={version} id={`v${version}`} className="version">
          <a href={arxivUrl} rel="noopener">
            {`v${version}`}
            <span className="sr-only"> on arXiv</span>
          </a>
          {": "}
          {submitted}
          {present && ", shown here"}
          {changes && (
            <>
              {" · "}
              <a href={changes.href}>what changed since v{changes.since}</a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
