import { readFileSync } from "node:fs";
import { ImageResponse } from "next/og";
import { createElement } from "react";
import { LinkCard } from "#components/syndication/link-card.tsx";
import { readCoverage } from "#lib/syndication/font-coverage.ts";
import type { LinkCardView } from "#lib/syndication/types.ts";

// Written out, so that the build finds the files.
const fontFiles = [
  { name: "latin", weight: 400, file: new URL("../assets/fonts/stix-two-text-latin-400-normal.woff", import.meta.url) },
  { name: "latin", weight: 600, file: new URL("../assets/fonts/stix-two-text-latin-600-normal.woff", import.meta.url) },
  {
    name: "latin-ext",
    weight: 400,
    file: new URL("../assets/fonts/stix-two-text-latin-ext-400-normal.woff", import.meta.url),
  },
  {
    name: "latin-ext",
    weight: 600,
    file: new URL("../assets/fonts/stix-two-text-latin-ext-600-normal.woff", import.meta.url),
  },
  { name: "greek", weight: 400, file: new URL("../assets/fonts/stix-two-text-greek-400-normal.woff", import.meta.url) },
  { name: "greek", weight: 600, file: new URL("../assets/fonts/stix-two-text-greek-600-normal.woff", import.meta.url) },
  {
    name: "cyrillic",
    weight: 400,
    file: new URL("../assets/fonts/stix-two-text-cyrillic-400-normal.woff", import.meta.url),
  },
  {
    name: "cyrillic",
    weight: 600,
    file: new URL("../assets/fonts/stix-two-text-cyrillic-600-normal.woff", import.meta.url),
  },
  {
    name: "vietnamese",
    weight: 400,
    file: new URL("../assets/fonts/stix-two-text-vietnamese-400-normal.woff", import.meta.url),
  },
  {
    name: "vietnamese",
    weight: 600,
    file: new URL("../assets/fonts/stix-two-text-vietnamese-600-normal.woff", import.meta.url),
  },
  { name: "signs", weight: 400, file: new URL("../assets/fonts/stix-general-400-normal.otf", import.meta.url) },
] as const;

// Read when the first picture is asked for, then kept.
let fonts: { name: string; weight: 400 | 600; data: Buffer; style: "normal" }[] | undefined;
let covered: Set<number> | undefined;

function readFonts() {
  fonts ??= fontFiles.map(({ name, weight, file }) => ({ name, weight, data: readFileSync(file), style: "normal" }));
  return fonts;
}

/** The characters that a card can show. Others must not reach it: the library would ask the network for a font. */
export function cardCharacters(): ReadonlySet<number> {
  covered ??= new Set(readFonts().flatMap(({ data }) => [...readCoverage(data)]));
  return covered;
}

/** A card as PNG, 1200 × 630. */
export function drawCard(card: LinkCardView): Promise<Response> {
  const fontFamily = [...new Set(readFonts().map(({ name }) => name))].join(", ");
  return finished(
    new ImageResponse(<LinkCard card={card} fontFamily={fontFamily} />, {
      width: 1200,
      height: 630,
      fonts: readFonts(),
    }),
  );
}

/** An SVG picture of ours as PNG, square. */
export function drawSquare(svg: string, size: number): Promise<Response> {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const picture = createElement("img", { src: source, width: size, height: size });
  return finished(new ImageResponse(picture, { width: size, height: size, fonts: readFonts() }));
}

/** Drawn before it is answered: a drawing that fails is then an error, not half a picture. */
async function finished(drawn: Response): Promise<Response> {
  return new Response(await drawn.arrayBuffer(), { headers: { "Content-Type": "image/png" } });
}
