import { routes } from "#lib/platform/routes.ts";

const examples: { line: string; words: string }[] = [
  { line: '"in context learning"', words: "the words side by side" },
  { line: "attention -vision", words: "the first word, and papers without the second" },
  { line: 'au:"Y. LeCun"', words: "by this author; a family name, a full name or initials" },
  { line: "ti:attention abs:memory", words: "in the title; in the abstract" },
  { line: "cat:cs.LG", words: "in a class of arXiv, or a whole archive: cat:math; two of them mean one or the other" },
  { line: "date:2026-08", words: "of a year, a month or a day" },
  { line: "from:2025-06 to:2026-03", words: "between two years, months or days" },
  { line: "has:code", words: "with a link to its code" },
  { line: "source:huggingface", words: "told of by this source, or source:arxiv" },
];

/** The language of the search line, on its page. */
export function SearchHelp({ open }: { open: boolean }) {
  return (
    <details className="border-rule mt-8 border-t pt-4 font-sans text-sm leading-relaxed" open={open}>
      <summary>How to search</summary>
      <p className="text-muted mt-3 max-w-[42rem]">
        Words are looked for in titles and abstracts, in all their forms. An arXiv id, a DOI or a paper’s address leads
        to the paper. All else is words, whatever signs are in it, but for these:
      </p>
      <dl className="search-help mt-3">
        {examples.map(({ line, words }) => (
          <div key={line}>
            <dt>
              <a href={routes.search(line)}>{line}</a>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
