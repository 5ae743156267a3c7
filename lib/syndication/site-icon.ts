/** The colours of the site's mark, by scheme: those of the page. */
const light = { paper: "#fbf9f3", ink: "#1d1a16", red: "#86190f" };
const dark = { paper: "#211f1b", ink: "#ece7dc", red: "#f0a693" };

const style = ({ paper, ink, red }: typeof light) => `.p{fill:${paper};stroke:${ink}}.i{fill:${ink}}.r{fill:${red}}`;

/** The site's mark, a folded front page: as an icon that follows the reader's colour scheme. */
export function iconSvg(): string {
  const scheme = `<style>${style(light)}@media (prefers-color-scheme:dark){${style(dark)}}</style>`;
  return svg(`0 0 32 32`, `${scheme}${sheet}`);
}

/**
 * The mark on a filled square, in the light colours: for home screens, which have no transparency. With `safe` it keeps
 * inside the circle that a maskable icon may be cut to (https://www.w3.org/TR/appmanifest/#icon-masks).
 */
export function iconTileSvg({ safe = false }: { safe?: boolean } = {}): string {
  const [edge, start] = safe ? [52, -10] : [38, -3];
  const ground = `<rect x="${start}" y="${start}" width="${edge}" height="${edge}" fill="#e9e3d4"/>`;
  const coloured = sheet
    .replaceAll('class="p"', `fill="${light.paper}" stroke="${light.ink}"`)
    .replaceAll('class="i"', `fill="${light.ink}"`)
    .replaceAll('class="r"', `fill="${light.red}"`);
  return svg(`${start} ${start} ${edge} ${edge}`, `${ground}${coloured}`);
}

const lines = [16, 18.9, 21.8].map((y) => `<rect class="i" x="17" y="${y}" width="7" height="1.4"/>`).join("");

const sheet =
  '<rect class="p" x="4" y="2" width="24" height="28" stroke-width="1.6"/>' +
  '<rect class="i" x="8" y="6" width="16" height="4"/><rect class="i" x="8" y="12" width="16" height="1.2"/>' +
  `<rect class="r" x="8" y="16" width="7" height="10"/>${lines}<rect class="i" x="17" y="24.6" width="5" height="1.4"/>`;

function svg(viewBox: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}"><title>Broadsheet</title>${content}</svg>`;
}

/** A PNG as the icon file that programs ask for without being told of it: one entry, 32 pixels square. */
export function icoOf(png: Uint8Array): Uint8Array<ArrayBuffer> {
  // https://en.wikipedia.org/wiki/ICO_(file_format): six bytes of head, sixteen for the one entry, then the picture.
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.set([32, 32], 6);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return new Uint8Array([...head, ...png]);
}
