/**
 * What a file holds, by its content: `day` a list as Hugging Face's `/api/daily_papers` gives it, `lines` one JSON record a
 * line as in the arXiv snapshot, `atom`, `listing` and `oai` what arXiv's search, its daily feed and its records answer. `unknown`: none of these.
 */
type FileKind = "day" | "lines" | "atom" | "listing" | "oai" | "unknown";

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
  if (name === "rss") return "listing";
  if (name === "feed") return isListing(text) ? "listing" : "atom";
  return name === "OAI-PMH" || name === "record" ? "oai" : "unknown";
}

/** In Atom the daily feed has the search's root: its entries say how they were announced, and its address whose it is. */
function isListing(text: string): boolean {
  return /<arxiv:announce_type\b/.test(text) || /<id>[^<]*\/atom\/[^/<]+<\/id>/.test(text.split("<entry", 1)[0] ?? "");
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
