import type { CSSProperties, ReactNode } from "react";
import { Button, Head, Html } from "react-email";

type LetterProps = {
  /** The line that a mailbox shows after the subject. */
  preview: string;
  siteName: string;
  /** What stands under the name between two rules, as on the first page of a newspaper: at its left, and at its right. */
  dateLine?: string;
  extent?: string;
  footer?: ReactNode;
  /** Rows of the one column: `LetterNote`. */
  children: ReactNode;
};

// The site's own. A mail program that knows none of them has a serif.
const serif = "'Iowan Old Style','Palatino Linotype',P052,Palatino,Georgia,serif";
const sans = "'Avenir Next','Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif";

/** The colours of the site. Each has a class, by which a program that knows dark mode exchanges it. */
const paper = "#fbf9f3";
const ink = "#1d1a16";
const muted = "#574f45";
const accent = "#86190f";
export const hairline = "1px solid #d8d0bf";

// Apple Mail and others obey; Gmail turns colours around by itself, which plain dark text on plain light paper survives.
const darkStyles = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.paper{background:#171613!important}
.ink{color:#ece7dc!important}
.muted{color:#b9b1a3!important}
.accent{color:#f0a693!important}
.rule{border-color:#3d3931!important}
.heavy{border-color:#b9b1a3!important}
.button{background:#ece7dc!important;color:#171613!important}
}`;

/** The frame of every mail: masthead, one column of rows, a quiet foot. It loads nothing from anywhere. */
export function Letter({ preview, siteName, dateLine, extent, footer, children }: LetterProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{siteName}</title>
        <style>{darkStyles}</style>
      </Head>
      <body className="paper" style={{ margin: 0, padding: 0, background: paper }}>
        {/* Not <Preview>: its invisible padding takes eight kilobytes of a mail, and then the mail is clipped. */}
        <div style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>{preview}</div>
        <Table className="paper" style={{ background: paper }}>
          <tr>
            <td align="center" style={{ padding: "0 20px" }}>
              {/* Outlook takes the width from the attribute, all others from the style. */}
              <Table width={570} style={{ maxWidth: "570px", textAlign: "left" }}>
                <Masthead siteName={siteName} dateLine={dateLine} extent={extent} />
                {children}
                <tr>
                  <td
                    className="heavy muted"
                    style={{ ...factStyle, borderTop: `3px double ${muted}`, padding: "16px 0 40px" }}
                  >
                    {footer}
                  </td>
                </tr>
              </Table>
            </td>
          </tr>
        </Table>
      </body>
    </Html>
  );
}

function Masthead({ siteName, dateLine, extent }: Pick<LetterProps, "siteName" | "dateLine" | "extent">) {
  return (
    <tr>
      <td style={{ padding: "28px 0 0" }}>
        <h1
          className="ink"
          style={{ margin: "0 0 14px", color: ink, font: `700 42px/46px ${serif}`, textAlign: "center", ...breaking }}
        >
          {siteName}
        </h1>
        <div className="heavy" style={{ borderTop: `3px double ${muted}` }} />
        {dateLine && (
          <Table>
            <tr>
              <DateCell>{dateLine}</DateCell>
              <DateCell align="right">{extent}</DateCell>
            </tr>
          </Table>
        )}
      </td>
    </tr>
  );
}

function DateCell({ align, children }: { align?: "right"; children: ReactNode }) {
  return (
    <td className="rule muted" align={align} style={{ ...factStyle, borderBottom: hairline, padding: "7px 0" }}>
      {children}
    </td>
  );
}

type TableProps = { className?: string; width?: number; style?: CSSProperties; children: ReactNode };

/** A table for its looks only: what Outlook understands of columns. */
function Table({ className, width, style, children }: TableProps) {
  return (
    <table
      role="presentation"
      className={className}
      width={width ?? "100%"}
      cellPadding={0}
      cellSpacing={0}
      style={{ width: "100%", borderCollapse: "collapse", ...style }}
    >
      <tbody>{children}</tbody>
    </table>
  );
}

// Whatever is as long as a word can be, an address above all, ends at the edge of a phone.
const breaking: CSSProperties = { overflowWrap: "anywhere", wordBreak: "break-word" };

/** Facts: who, why, where. */
export const factStyle: CSSProperties = { color: muted, font: `14px/21px ${sans}` };

/** A row of the column. What is in it is read, and has the serif. */
export function LetterNote({ children }: { children: ReactNode }) {
  return (
    <tr>
      <td className="ink" style={{ padding: "22px 0 0", color: ink, font: `17px/26px ${serif}`, ...breaking }}>
        {children}
      </td>
    </tr>
  );
}

/** A way on, among words that are read. */
export function LetterLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="accent" style={{ color: accent }}>
      {children}
    </a>
  );
}

/** A way on, among facts. */
export function FactLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="muted" style={{ color: muted }}>
      {children}
    </a>
  );
}

/** A paragraph of a letter. */
export function Paragraph({ children }: { children: ReactNode }) {
  return <p style={{ margin: "0 0 20px" }}>{children}</p>;
}

/** The one thing to do, and below it the same address to copy where buttons do not work. */
export function LetterButton({ href, children }: { href: string; children: string }) {
  return (
    <>
      <p style={{ margin: "26px 0" }}>
        <Button
          href={href}
          className="button"
          style={{
            background: ink,
            color: paper,
            font: `16px/20px ${sans}`,
            padding: "13px 22px",
            border: `1px solid ${muted}`,
          }}
        >
          {children}
        </Button>
      </p>
      <p className="muted" style={{ ...factStyle, margin: "0 0 20px" }}>
        If the button does nothing, copy this address: <FactLink href={href}>{href}</FactLink>
      </p>
    </>
  );
}
