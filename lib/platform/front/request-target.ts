/** An address as the rest of the site sees it: one spelling per page. */
export type Target = {
  /** Percent-encoded in one way only; begins with a slash. */
  path: string;
  query: URLSearchParams;
};

/** Why a request goes no further, in a status and a sentence for the person who sent it. */
export type Refusal = { status: number; sentence: string };

// RFC 9110, 4.1, recommends that everybody support 8,000 octets: a long question in letters that must be escaped needs them.
const MAX_TARGET_LENGTH = 8000;

/** Reads the target of a request line. Whatever two programs could read in two ways is refused rather than repaired. */
export function parseTarget(url: string): Target | Refusal {
  // A proxy's form (GET http://host/) would choose another host than the Host header does: CVE-2026-44578's class.
  if (!url.startsWith("/")) return { status: 400, sentence: "The address in a request must begin with a slash." };
  if (url.length > MAX_TARGET_LENGTH) {
    return { status: 414, sentence: `That address is longer than ${MAX_TARGET_LENGTH} characters. Shorten the query.` };
  }
  if (!/^[!-~]+$/.test(url) || url.includes("#")) return malformed;
  const mark = url.indexOf("?");
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  if (/\\|%5c|%00/i.test(rawPath)) return malformed;
  if (/\/\/|;|%3b|%2f/i.test(rawPath) || isInternal(rawPath)) return nothingHere;
  const segments = decodeSegments(rawPath);
  if (!segments) return malformed;
  if (segments.some((segment) => segment === "." || segment === "..")) return malformed;
  return { path: segments.map(encodeSegment).join("/"), query: new URLSearchParams(mark < 0 ? "" : url.slice(mark)) };
}

const malformed: Refusal = { status: 400, sentence: "That address is not well formed. Copy it again, or go to /." };
const nothingHere: Refusal = { status: 404, sentence: "There is no page at that address. The latest edition is at /." };

/** Next answers to more spellings than we publish: flight data by suffix, its data routes, its image optimiser. */
function isInternal(path: string): boolean {
  return /\.rsc$|\.segments\/|\.prefetch\.rsc/i.test(path) || (path.startsWith("/_next") && !isAsset(path));
}

function isAsset(path: string): boolean {
  return path.startsWith("/_next/static/");
}

function decodeSegments(path: string): string[] | null {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** `:` and `@` need no escape in a path; `arXiv:2608.00001` stays readable. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll("%3A", ":").replaceAll("%40", "@");
}
