import type { PaperId } from "#lib/papers/types.ts";

export type ParsedPaperId = { id: PaperId; version: number | null };

// https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN to 1412, YYMM.NNNNN since 1501, before 0704 archive(.CL)/YYMMNNN.
const idPattern =
  /^(?:(?<modern>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})|(?<old>[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/\d{7}))(?:v(?<version>[1-9]\d{0,2}))?$/;

/**
 * An arXiv id however it is written: bare, with a version, `arXiv:…`, a pasted address of arXiv, Hugging Face, alphaXiv
 * or of ours, or a DOI of arXiv's (10.48550/arXiv.…). Null for anything else.
 */
export function parsePaperId(text: string): ParsedPaperId | null {
  const bare = stripWrapping(text.trim());
  const groups = idPattern.exec(bare)?.groups;
  const id = groups?.modern ?? groups?.old;
  if (!id || !hasRightLength(id)) return null;
  return { id: id as PaperId, version: groups?.version ? Number(groups.version) : null };
}

/** Like `parsePaperId`, for ids that we wrote ourselves. Throws when it is none. */
export function paperId(text: string): PaperId {
  const parsed = parsePaperId(text);
  if (!parsed) throw new Error(`Not an arXiv id: ${text.slice(0, 80)}`);
  return parsed.id;
}

function stripWrapping(text: string): string {
  return text
    .replace(/^https?:\/\/(www\.)?(dx\.)?doi\.org\//i, "")
    .replace(/^(doi:)?10\.48550\/arxiv\./i, "")
    .replace(/^(https?:\/\/)?([a-z]+\.)*(arxiv|alphaxiv)\.org\/(abs|pdf|html|format|src|ps|overview)\//i, "")
    .replace(/^(https?:\/\/)?([a-z0-9-]+\.)*[a-z0-9-]+(\.[a-z]+|:\d+)\/papers\//i, "")
    .replace(/^(oai:)?arxiv(\.org)?:\s*/i, "")
    .replace(/[?#].*$/, "")
    .replace(/\.pdf$/i, "")
    .replace(/\/+$/, "");
}

/** Four digits after the dot to December 2014, five since. */
function hasRightLength(id: string): boolean {
  if (id.includes("/")) return true;
  const [month = "", number = ""] = id.split(".");
  return number.length === (month < "1501" ? 4 : 5);
}
