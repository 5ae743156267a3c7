import type { SourceName } from "#lib/papers/types.ts";

/** How a source is to be asked. */
export type SourceDoor = {
  source: Exclude<SourceName, "sample">;
  /** Its name for people. */
  label: string;
  /** Hosts with the same key share turns and pauses: arXiv counts its three addresses together. */
  hostKey: string;
  spacingMs: number;
  totalMs: number;
  mayRedirectTo: readonly string[];
};

const ARXIV_HOSTS = ["arxiv.org", "www.arxiv.org", "export.arxiv.org", "rss.arxiv.org", "oaipmh.arxiv.org"];

/** Hugging Face: 500 requests in five minutes; it says in a header when none is left. */
export function huggingFaceDoor(address: string): SourceDoor {
  const hostKey = new URL(address).host;
  return {
    source: "huggingface",
    label: "Hugging Face",
    hostKey,
    spacingMs: isLoopback(address) ? 0 : 100,
    totalMs: 30_000,
    mayRedirectTo: [],
  };
}

/** arXiv: one request every three seconds, one connection, over all machines (https://info.arxiv.org/help/api/tou.html). */
export function arxivDoor(address: string): SourceDoor {
  const mine = isLoopback(address);
  return {
    source: "arxiv",
    label: "arXiv",
    // A source that is played on this machine is not arXiv: it has turns of its own, and needs no spacing.
    hostKey: mine ? new URL(address).host : "arxiv",
    spacingMs: mine ? 0 : 3000,
    totalMs: 60_000,
    mayRedirectTo: ARXIV_HOSTS,
  };
}

/** arXiv's harvesting address: a page of two thousand records takes it longer. */
export function arxivOaiDoor(address: string): SourceDoor {
  return { ...arxivDoor(address), totalMs: 180_000 };
}

function isLoopback(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}
