import type { CSSProperties, ReactNode } from "react";
import type { LinkCardView } from "#lib/syndication/types.ts";

const paper = "#fbf9f3";
const ink = "#1d1a16";
const muted = "#5c554a";
const red = "#86190f";

type Props = { card: LinkCardView; fontFamily: string };

/** A picture of 1200 × 630 for a link to a page of ours. It is drawn by Satori, which knows flex boxes and no style sheets. */
export function LinkCard({ card, fontFamily }: Props) {
  const size = titleSize(card.title);
  return (
    <Box style={{ width: 1200, height: 630, padding: "52px 72px", backgroundColor: paper, color: ink, fontFamily }}>
      <Box style={{ flexDirection: "row", alignItems: "center", justifyContent: "space-between" }}>
        <Box style={{ fontSize: card.siteName.length > 34 ? 28 : 40, fontWeight: 600, letterSpacing: -0.5 }}>
          {card.siteName}
        </Box>
        <Box style={{ fontSize: 28, color: card.kicker === "Withdrawn" ? red : muted }}>{card.kicker}</Box>
      </Box>
      <Box style={{ marginTop: 14, height: 7, borderTop: `3px solid ${ink}`, borderBottom: `1px solid ${ink}` }} />
      <Box style={{ flexGrow: 1, justifyContent: "center" }}>
        <div
          style={{
            display: "block",
            lineClamp: 5,
            // Of a title of five lines, balance would leave the right half empty.
            textWrap: card.title.length <= 90 ? "balance" : "wrap",
            wordBreak: "break-word",
            fontSize: size,
            fontWeight: 600,
            lineHeight: 1.16,
            letterSpacing: -0.6,
          }}
        >
          {card.title}
        </div>
        {card.lines.map((line) => (
          <div
            key={line}
            style={{
              display: "block",
              lineClamp: card.lines.length > 1 ? 1 : 2,
              wordBreak: "break-word",
              marginTop: 20,
              fontSize: 29,
              lineHeight: 1.25,
              color: muted,
            }}
          >
            {line}
          </div>
        ))}
      </Box>
      <Box style={{ flexDirection: "row", alignItems: "center", fontSize: 26, color: muted }}>
        {card.foot && <div style={{ width: 18, height: 26, marginRight: 16, backgroundColor: red }} />}
        {card.foot}
      </Box>
    </Box>
  );
}

function Box({ style, children }: { style: CSSProperties; children?: ReactNode }) {
  return <div style={{ display: "flex", flexDirection: "column", ...style }}>{children}</div>;
}

/** The longest title that is let through fills five lines of the smallest size. */
function titleSize({ length }: string): number {
  if (length <= 14) return 128;
  if (length <= 40) return 80;
  if (length <= 80) return 66;
  if (length <= 130) return 56;
  return 48;
}
