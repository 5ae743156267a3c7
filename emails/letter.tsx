import type { ReactNode } from "react";
import { Body, Button, Container, Head, Html, Link } from "react-email";

type LetterProps = {
  /** The line that a mailbox shows after the subject. */
  preview: string;
  siteName: string;
  /** Stands under the name, as on the first page of a newspaper. */
  dateLine?: string;
  footer?: ReactNode;
  children: ReactNode;
};

const serif = "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,'Times New Roman',serif";
const sans = "'Avenir Next','Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif";

/** The colours of the site. Each has a class, by which a reader that knows dark mode exchanges it. */
export const ink = { fontFamily: serif, color: "#1d1a16" };
export const muted = { fontFamily: sans, color: "#574f45", fontSize: "13px", lineHeight: "19px" };
export const rule = "1px solid #d8d0bf";

// Apple Mail and others obey; Gmail inverts by itself, which plain dark text on plain light paper survives.
const darkStyles = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.paper,.paper td{background:#171613!important}
.ink{color:#ece7dc!important}
.muted{color:#b9b1a3!important}
.accent{color:#f0a693!important}
.rule{border-color:#3d3931!important}
.button{background:#ece7dc!important;color:#171613!important}
}`;

/** The frame of every mail: masthead, one column, a quiet foot. It loads nothing from anywhere. */
export function Letter({ preview, siteName, dateLine, footer, children }: LetterProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{siteName}</title>
        <style>{darkStyles}</style>
      </Head>
      <Body className="paper" style={{ margin: 0, background: "#fbf9f3" }}>
        {/* Not <Preview>: its invisible padding takes eight kilobytes of a mail, and then the mail is clipped. */}
        <div style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>{preview}</div>
        <Container style={{ maxWidth: "620px", padding: "0 20px" }}>
          <div className="rule" style={{ borderBottom: rule, padding: "28px 0 12px", textAlign: "center" }}>
            <h1 className="ink" style={{ ...ink, margin: 0, fontSize: "34px", lineHeight: "40px", fontWeight: 700 }}>
              {siteName}
            </h1>
            {dateLine && (
              <p className="muted" style={{ ...muted, margin: "4px 0 0" }}>
                {dateLine}
              </p>
            )}
          </div>
          {children}
          <div className="rule muted" style={{ ...muted, borderTop: rule, margin: "28px 0 0", padding: "14px 0 36px" }}>
            {footer}
          </div>
        </Container>
      </Body>
    </Html>
  );
}

/** A paragraph of a letter. */
export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <p className="ink" style={{ ...ink, fontSize: "17px", lineHeight: "26px", margin: "20px 0" }}>
      {children}
    </p>
  );
}

/** The one thing to do, and below it the same address to copy where buttons do not work. */
export function LetterButton({ href, children }: { href: string; children: string }) {
  return (
    <>
      <p style={{ margin: "24px 0" }}>
        <Button
          href={href}
          className="button"
          style={{ background: "#1d1a16", color: "#fbf9f3", fontFamily: sans, fontSize: "16px", padding: "13px 22px" }}
        >
          {children}
        </Button>
      </p>
      <p className="muted" style={{ ...muted, wordBreak: "break-all" }}>
        If the button does nothing, copy this address:{" "}
        <Link href={href} className="muted" style={{ color: "#574f45", textDecoration: "underline" }}>
          {href}
        </Link>
      </p>
    </>
  );
}
