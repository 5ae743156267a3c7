/**
 * What a file holds, by its content: `day` a list as Hugging Face's `/api/daily_papers` gives it, `lines` one JSON record a
 * line as in the arXiv snapshot, `atom` and `oai` what arXiv answers. `unknown`: none of these.
 */
type FileKind = "day" | "lines" | "atom" | "oai" | "unknown";

/** `head` is the beginning of the file, some hundred thousand characters. */
export function recogniseContent(head: string): FileKind {
  const text = head.replace(/^\uFEFF/, "").trimStart();
  if (text.startsWith("<")) return recogniseXml(text);
  if (text.split("\n").some(isRecord)) return "lines";
  return text.startsWith("[") || text.startsWith("{") ? "day" : "unknown";
}

/** By the first element, past declarations and comments. */
function recogniseXml(text: string): FileKind {
  const name = /<([A-Za-z_][\w.:-]*)/.exec(text.replace(/<!--[\s\S]*?-->/g, ""))?.[1];
  if (name === "feed") return "atom";
  return name === "OAI-PMH" || name === "record" ? "oai" : "unknown";
}

/** The first lines may be damaged: one that is a record says what the file is. */
function isRecord(line: string): boolean {
  if (!line.startsWith("{")) return false;
  try {
    const { id, paper } = JSON.parse(line);
    return typeof id === "string" && paper === undefined;
  } catch {
    return false;
  }
}
