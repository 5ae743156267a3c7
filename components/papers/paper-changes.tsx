import { ChangedText } from "#components/papers/changed-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { PaperChangesView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

/** What changed in a paper's title and abstract from one version to another. */
export function PaperChanges({ paper }: { paper: PaperChangesView }) {
  return (
    <article aria-labelledby="changes-title" className="max-w-[42rem] py-10">
      <p className="text-muted font-sans text-sm">
        <a href={routes.paper(paper.id)}>{paper.plainTitle}</a>
      </p>
      <h1 id="changes-title" className="mt-2 text-3xl leading-tight font-semibold text-balance">
        {paper.from === paper.to ? "Versions" : `What changed from version ${paper.from} to version ${paper.to}`}
      </h1>
      <WhichVersions paper={paper} />
      {paper.unknown.map(({ version, arxivUrl }) => (
        <div key={version} className="mt-6">
          <Notice title={`The text of version ${version} was never seen here.`}>
            <a href={arxivUrl}>Read version {version} on arXiv</a>
          </Notice>
        </div>
      ))}
      {paper.from === paper.to && (
        <p className="mt-6 leading-relaxed">
          {paper.known.length > 1
            ? "Choose two different versions to see what changed."
            : "Only one version of this paper has been seen here: there is nothing to compare it with."}
        </p>
      )}
      {paper.changes && <Changes changes={paper.changes} />}
    </article>
  );
}

function WhichVersions({ paper: { id, known, from, to } }: { paper: PaperChangesView }) {
  if (known.length < 2) return null;
  const ends = [
    { name: "from", label: "From", chosen: from },
    { name: "to", label: "To", chosen: to },
  ];
  return (
    <form action={routes.paperChanges(id)} className="mt-6 flex flex-wrap items-end gap-3 font-sans text-sm">
      {ends.map(({ name, label, chosen }) => (
        <label key={name} className="grid gap-1">
          {label}
          <select name={name} defaultValue={chosen} className="border-muted bg-paper text-ink min-h-10 border px-2">
            {known.map(({ version, words }) => (
              <option key={version} value={version}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      <Button quiet>Compare</Button>
    </form>
  );
}

function Changes({ changes: { title, abstract, summary } }: { changes: NonNullable<PaperChangesView["changes"]> }) {
  return (
    <>
      <p className="text-muted mt-6 font-sans text-sm leading-relaxed">
        {summary} Words that are gone are <del className="changed">struck through</del>, new ones are{" "}
        <ins className="changed">underlined</ins>.
      </p>
      <h2 className="text-muted mt-8 font-sans text-sm">Title</h2>
      <p className="text-2xl leading-tight font-semibold">
        <ChangedText parts={title} />
      </p>
      <h2 className="text-muted mt-8 font-sans text-sm">Abstract</h2>
      <p className="paper-abstract text-lg leading-[1.65]">
        <ChangedText parts={abstract} />
      </p>
    </>
  );
}
