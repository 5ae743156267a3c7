import { routes } from "#lib/platform/routes.ts";

type Props = {
  /** The latest one: its day in words, how many papers it has. */
  edition: { day: string; papers: number } | null;
  /** When the sources were read, in the site's zone. */
  freshness: string;
};

/** The line under a newspaper's name. */
export function Dateline({ edition, freshness }: Props) {
  return (
    <p className="dateline">
      {edition && (
        <a href={routes.home()}>
          {`Latest: ${edition.day}, ${edition.papers.toLocaleString("en")} paper${edition.papers === 1 ? "" : "s"}`}
        </a>
      )}
      <a href={routes.status()}>{freshness}</a>
    </p>
  );
}
