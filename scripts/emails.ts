// npm run emails [FOLDER]: every mail that the product sends, to look at. The templates are .tsx, so it runs under tsx.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseCommand } from "#scripts/parse-command.ts";
import { type MailLook, mailLooks, openMailViewer } from "#tests/mail-looks.ts";

const help = `Usage: npm run emails [-- FOLDER] [--no-pictures]

Writes every mail that the product sends into FOLDER (a temporary one when it is left out), made of invented papers: as .html, .txt and
.eml, and, where a Chromium is found, as pictures of 390 and 800 px: light; dark, by a mail program that obeys the mail's own
dark colours; forced, by one that darkens what is light (Chromium's WebContentsForceDark); inverted, by one that turns every
colour around. index.html shows them side by side. Nothing is sent, and no database is needed.
`;

const { flags, positionals } = parseCommand({ help, flags: ["no-pictures"], positionals: true });
const folder = resolve(positionals[0] ?? mkdtempSync(join(tmpdir(), "broadsheet-emails-")));
mkdirSync(folder, { recursive: true });
// Their links lead nowhere, whatever site this is: they are signed with a secret that no site has.
process.env.SECRET = "a secret that everybody knows, for sample mails";
process.env.SITE_URL ??= "https://broadsheet.example";
const { sampleMails } = await import("#tests/sample-mails.ts");
const { readMail } = await import("#lib/platform/read-mail.ts");

const mails = (await sampleMails()).map((mail) => ({ ...mail, ...readMail(mail.raw) }));
for (const { name, raw, html, text } of mails) {
  writeFileSync(join(folder, `${name}.eml`), raw);
  if (html) writeFileSync(join(folder, `${name}.html`), html);
  writeFileSync(join(folder, `${name}.txt`), text);
}
const pictures = flags.has("no-pictures") ? "none were asked for" : await takePictures();
const index = join(folder, "index.html");
writeFileSync(index, drawIndex(pictures === "taken"));
console.log(`${mails.length} mails are in ${index}${pictures === "taken" ? "" : ` (without pictures: ${pictures})`}`);
process.exit();

/** "taken", or why there are none. */
async function takePictures(): Promise<string> {
  let viewer: Awaited<ReturnType<typeof openMailViewer>>;
  try {
    viewer = await openMailViewer();
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
  for (const { name, html } of mails.filter((mail) => mail.html)) {
    for (const [look, width] of views()) {
      const page = await viewer.show(html, { look, width });
      await page.screenshot({ path: join(folder, picture(name, look, width)), fullPage: true });
      await page.close();
    }
  }
  await viewer.close();
  return "taken";
}

function views(): [MailLook, number][] {
  return [800, 390].flatMap((width) => mailLooks.map((look): [MailLook, number] => [look, width]));
}

function picture(name: string, look: MailLook, width: number): string {
  return `${name}-${width}-${look}.png`;
}

function drawIndex(withPictures: boolean): string {
  const sections = mails.map(({ name, about, subject, raw, html }) => {
    const files = ["html", "txt", "eml"]
      .filter((type) => html || type !== "html")
      .map((type) => `<a href="${name}.${type}">.${type}</a>`);
    if (!html) return `<section><h2>${about}</h2><p>${inHtml(subject)}</p><p>${files.join(" ")}</p></section>`;
    const sheets = withPictures
      ? views().map(([look, width]) => {
          const file = picture(name, look, width);
          return `<figure><figcaption>${width}, ${look}</figcaption><a href="${file}"><img src="${file}" width="${width / 2}" alt=""></a></figure>`;
        })
      : [800, 390].map(
          (width) => `<iframe src="${name}.html" title="${width}" width="${width}" height="700"></iframe>`,
        );
    return `<section><h2>${about}</h2><p>${inHtml(subject)}</p><p>${raw.length.toLocaleString("en")} bytes, of which HTML ${Buffer.byteLength(html).toLocaleString("en")} before encoding. ${files.join(" ")}</p><div>${sheets.join("")}</div></section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Mails</title><style>
body{font:16px/1.5 system-ui;margin:2rem}div{display:flex;gap:1rem;overflow-x:auto;align-items:start}figure{margin:0;flex:none}
img,iframe{border:1px solid #999}figcaption{font-size:13px}</style><h1>Mails</h1>${sections.join("")}`;
}

function inHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
