import type { DigestContent, DigestPaper } from "#lib/digest/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = { digest: DigestContent };

/** A digest on the web: the words, the order and the links of the mail. */
export function DigestSheet({ digest: { dateLine, extent, papers, more, editionUrl, whole, note } }: Props) {
  return (
    <article aria-labelledby="digest-day" className="mx-auto grid w-full max-w-[38rem] py-10">
      <h1 id="digest-day" className="border-rule border-b pb-4 text-center text-3xl leading-tight font-semibold">
        {dateLine}
      </h1>
      <p className="text-muted pt-4 text-center font-sans text-sm">{extent}</p>
      {note && <p className="pt-6 text-lg">{note}</p>}
      {papers.map((paper) => (
        <Paper key={paper.url} {...paper} />
      ))}
      <p className="pt-6 text-lg">
        <a href={editionUrl}>{more > 0 ? `And ${more} more: the whole ${whole}` : `The whole ${whole} on the web`}</a>
      </p>
      {whole !== "edition" && (
        <p className="text-muted pt-6">
          Each paper stands where its best score on a day of this {whole} puts it, as that day was printed: this order
          does not change any more. What arrived after its day had closed is on the page of the {whole}.
        </p>
      )}
      <p className="text-muted pt-6">
        This is what was mailed. <a href={routes.subscribe()}>Get the next one</a>.
      </p>
    </article>
  );
}

function Paper({ rank, title, authors, abstract, shortened, reasons, url, links }: DigestPaper) {
  return (
    <section className="border-rule grid gap-2 border-b py-6">
      <h2 className="text-xl leading-snug font-semibold">
        {rank}.{" "}
        <a href={url} className="no-underline hover:underline">
          {title}
        </a>
      </h2>
      {authors && <p className="text-muted font-sans text-sm">{authors}</p>}
      {abstract && (
        <p className="leading-relaxed">
          {abstract} {shortened && <a href={url}>Read on</a>}
        </p>
      )}
      <p className="text-muted font-sans text-sm">{reasons}</p>
      <p className="text-muted font-sans text-sm">
        {links.map(({ label, href }, index) => (
          <span key={href}>
            {index > 0 && " · "}
            <a href={href}>{label}</a>
          </span>
        ))}
      </p>
    </section>
  );
}
