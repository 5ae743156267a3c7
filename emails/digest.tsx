import { Link } from "react-email";
import { ink, Letter, muted, rule } from "#emails/letter.tsx";

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
  preview: string;
  papers: DigestPaper[];
  /** How many of the edition are not in the mail. */
  more: number;
  editionUrl: string;
  archiveUrl: string;
  unsubscribeUrl: string;
  /** The search whose papers of the edition these are. */
  search?: { line: string; url: string } | null;
};

const plainLink = { color: "#574f45", textDecoration: "underline" };

/** One edition as a mail, or what a search finds in it: what the web edition says, in its order. */
export function Digest({ siteName, dateLine, preview, papers, more, search, ...urls }: DigestProps) {
  const footer = (
    <>
      You asked for {search ? `the search “${search.line}” of ${siteName}` : siteName} at this address and confirmed it.{" "}
      <FootLink href={urls.unsubscribeUrl}>{search ? "End this search by mail" : "Unsubscribe"}</FootLink> ·{" "}
      <FootLink href={search?.url ?? urls.archiveUrl}>
        {search ? "The search on the web" : "Read this mail on the web"}
      </FootLink>
    </>
  );
  return (
    <Letter preview={preview} siteName={siteName} dateLine={dateLine} footer={footer}>
      {search && (
        <p className="muted" style={{ ...muted, margin: "16px 0 0" }}>
          The papers of “{search.line}” in this edition
        </p>
      )}
      {papers.map((paper) => (
        <Paper key={paper.url} {...paper} />
      ))}
      {search && more > 0 && <Onward href={search.url}>{`And ${more} more of this search`}</Onward>}
      <Onward href={urls.editionUrl}>
        {more > 0 && !search ? `And ${more} more: the whole edition` : "The whole edition on the web"}
      </Onward>
    </Letter>
  );
}

function Onward({ href, children }: { href: string; children: string }) {
  return (
    <p className="ink" style={{ ...ink, fontSize: "17px", lineHeight: "26px", margin: "24px 0 0" }}>
      <Link href={href} className="accent" style={{ color: "#86190f", textDecoration: "underline" }}>
        {children}
      </Link>
    </p>
  );
}

function Paper({ rank, title, authors, abstract, shortened, reasons, url, links }: DigestPaper) {
  return (
    <div className="rule" style={{ borderBottom: rule, padding: "22px 0 18px" }}>
      <h2 className="ink" style={{ ...ink, margin: 0, fontSize: "21px", lineHeight: "27px", fontWeight: 600 }}>
        {rank}.{" "}
        <Link href={url} className="ink" style={{ color: "#1d1a16", textDecoration: "none" }}>
          {title}
        </Link>
      </h2>
      {authors && (
        <p className="muted" style={{ ...muted, margin: "6px 0 0" }}>
          {authors}
        </p>
      )}
      {abstract && (
        <p className="ink" style={{ ...ink, margin: "10px 0 0", fontSize: "16px", lineHeight: "25px" }}>
          {abstract}
          {shortened && (
            <>
              {" "}
              <FootLink href={url}>Read on</FootLink>
            </>
          )}
        </p>
      )}
      <p className="muted" style={{ ...muted, margin: "10px 0 0" }}>
        {reasons}
        {links.map(({ label, href }) => (
          <span key={href}>
            {" "}
            · <FootLink href={href}>{label}</FootLink>
          </span>
        ))}
      </p>
    </div>
  );
}

function FootLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="muted" style={plainLink}>
      {children}
    </Link>
  );
}

Digest.PreviewProps = {
  siteName: "Broadsheet",
  dateLine: "Thursday, 20 August 2026",
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
} satisfies DigestProps;
