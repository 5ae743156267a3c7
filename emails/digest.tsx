import { type CSSProperties, Fragment, type ReactNode } from "react";
import { FactLink, factStyle, hairline, Letter, LetterLink, LetterNote } from "#emails/letter.tsx";

export type DigestPaper = {
  rank: number;
  title: string;
  authors: string;
  abstract: string;
  /** The abstract goes on behind `url`. */
  shortened: boolean;
  /** Why it stands here, in words. */
  reasons: string;
  url: string;
  links: { label: string; href: string }[];
};

export type DigestProps = {
  siteName: string;
  dateLine: string;
  /** How many papers there are, and how many of them here: "20 of 34 papers". */
  extent: string;
  preview: string;
  papers: DigestPaper[];
  /** How many of the edition are not in the mail. */
  more: number;
  editionUrl: string;
  archiveUrl: string;
  unsubscribeUrl: string;
  preferencesUrl: string;
  /** What the page of all of them is called: edition, week or month. */
  whole: string;
  /** Why there are no papers; empty where there are. */
  note: string;
  /** The classes of whose papers it is made; empty for all. */
  classes: string;
  /** The search whose papers of the edition these are. */
  search?: { line: string; url: string } | null;
};

/** An edition, a week or a month as a mail, or what a reader asked for of it: what the web says, in its order. */
export function Digest({
  siteName,
  dateLine,
  extent,
  preview,
  papers,
  more,
  search,
  classes,
  whole,
  note,
  ...urls
}: DigestProps) {
  const of = search ? `The papers of “${search.line}” in this ${whole}` : classes && `The papers in ${classes}`;
  const footer = (
    <>
      You asked for {search ? `the search “${search.line}” of ${siteName}` : siteName} at this address and confirmed it.{" "}
      <FactLink href={urls.preferencesUrl}>Change what you get</FactLink> ·{" "}
      <FactLink href={urls.unsubscribeUrl}>{search ? "End this search by mail" : "Unsubscribe"}</FactLink> ·{" "}
      <FactLink href={search?.url ?? urls.archiveUrl}>
        {search ? "The search on the web" : "Read this mail on the web"}
      </FactLink>
    </>
  );
  return (
    <Letter preview={preview} siteName={siteName} dateLine={dateLine} extent={extent} footer={footer}>
      {of && <LetterNote>{of}</LetterNote>}
      {note && <LetterNote>{note}</LetterNote>}
      {papers.length > 0 && (
        <LetterNote>
          {papers.map((paper, index) => (
            <Paper key={paper.url} isLead={index === 0} {...paper} />
          ))}
        </LetterNote>
      )}
      <LetterNote>
        {search && more > 0 && (
          <>
            <LetterLink href={search.url}>{`And ${more} more of this search`}</LetterLink>
            <br />
          </>
        )}
        <LetterLink href={urls.editionUrl}>
          {more > 0 && !search ? `And ${more} more: the whole ${whole}` : `The whole ${whole} on the web`}
        </LetterLink>
        <br />
        <br />
      </LetterNote>
    </Letter>
  );
}

// Of fifty papers each byte counts, so a paper is no table of its own: what parts it from the one before is its title's.
const leadTitle: CSSProperties = { margin: 0, fontSize: "27px", lineHeight: "33px" };
const laterTitle: CSSProperties = {
  borderTop: hairline,
  margin: "20px 0 0",
  padding: "21px 0 0",
  fontSize: "21px",
  lineHeight: "27px",
};

function Paper({
  rank,
  title,
  authors,
  abstract,
  shortened,
  reasons,
  url,
  links,
  isLead,
}: DigestPaper & { isLead: boolean }) {
  return (
    <>
      <h2 dir="auto" className="rule" style={isLead ? leadTitle : laterTitle}>
        <span className="accent" style={{ color: "#86190f" }}>{`${rank}.`}</span>{" "}
        <a href={url} className="ink" style={{ color: "#1d1a16", textDecoration: "none" }}>
          {title}
        </a>
      </h2>
      {authors && <Facts space={5}>{authors}</Facts>}
      {abstract && (
        <p dir="auto" style={{ margin: "10px 0 0" }}>
          {shortened ? `${abstract} ` : abstract}
          {shortened && <FactLink href={url}>Read on</FactLink>}
        </p>
      )}
      <Facts space={12}>
        {reasons}
        {links.map(({ label, href }, index) => (
          <Fragment key={href}>
            {index > 0 ? " · " : <br />}
            <FactLink href={href}>{label}</FactLink>
          </Fragment>
        ))}
      </Facts>
    </>
  );
}

/** A line of facts, so many pixels below what stands before it. */
function Facts({ space, children }: { space: number; children: ReactNode }) {
  return (
    <p className="muted" style={{ ...factStyle, margin: `${space}px 0 0` }}>
      {children}
    </p>
  );
}

Digest.PreviewProps = {
  siteName: "Broadsheet",
  dateLine: "Thursday, 20 August 2026",
  extent: "2 of 14 papers",
  preview: "Also today: Margins and Memory",
  papers: [
    {
      rank: 1,
      title: "On Slow Reading: O(n²) Attention at the Breakfast Table",
      authors: "Ada One, Bo Two",
      abstract: "We read slowly, and measure what it costs. It costs a morning.",
      shortened: true,
      reasons: "42 upvotes in 18 h: 3.2",
      url: "https://example.org/papers/2608.00001",
      links: [{ label: "PDF", href: "https://arxiv.org/pdf/2608.00001" }],
    },
    {
      rank: 2,
      title: "Margins and Memory",
      authors: "Cy Three",
      abstract: "Notes in the margin are remembered twice as long.",
      shortened: false,
      reasons: "7 upvotes in 12 h: 1.1",
      url: "https://example.org/papers/2608.00002",
      links: [],
    },
  ],
  more: 12,
  editionUrl: "https://example.org/papers/date/2026-08-20",
  archiveUrl: "https://example.org/digest/2026-08-20",
  unsubscribeUrl: "https://example.org/unsubscribe/abc",
  preferencesUrl: "https://example.org/preferences/abc",
  whole: "edition",
  note: "",
  classes: "",
} satisfies DigestProps;
