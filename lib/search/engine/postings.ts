import { ByteReader, ByteWriter } from "#lib/search/engine/bytes.ts";

/**
 * A stretch of one term's list: which papers have it (by number, rising), how often, and where.
 *
 * `postings` holds one number for each paper: the distance from the paper before (0 for the first) × 32, + 16 if the term is in
 * the title, + how often it is there (a title counts twice; 15 is the most that is told).
 * `places` holds for each paper the places of the term, rising: the distance from the place before × 2, + 1 while more follow.
 */
export type Block = { first: number; last: number; papers: number; postings: Uint8Array; places: Uint8Array };

/** Blocks end here, so that one fills a page of the file (4096 bytes) and a search for a rare neighbour can pass over most. */
export const longestBlock = 4000;

export const mostTimes = 15;
export const titleFlag = 16;

/** `list` in stretches, each ended by the paper that fills `longest` bytes of postings. */
export function splitBlock(list: Block, longest: number): Block[] {
  if (list.postings.length <= longest) return [list];
  const blocks: Block[] = [];
  const writer = new ByteWriter();
  const postings = new ByteReader(list.postings);
  const places = new ByteReader(list.places);
  let paper = list.first;
  let first = paper;
  let placesFrom = 0;
  for (let papers = 1; !postings.ended; papers++) {
    const code = postings.number();
    paper += code >>> 5;
    if (papers === 1) first = paper;
    // The first of a stretch has no distance.
    writer.number(papers === 1 ? code & 31 : code);
    while ((places.number() & 1) === 1);
    if (writer.length < longest && !postings.ended) continue;
    const stretch = { first, last: paper, papers, postings: writer.take() };
    blocks.push({ ...stretch, places: list.places.subarray(placesFrom, places.at) });
    placesFrom = places.at;
    papers = 0;
  }
  return blocks;
}

/** `block` with `more`, whose papers come after it, at its end. */
export function joinBlocks(block: Block, more: Block): Block {
  const writer = new ByteWriter();
  writer.append(block.postings);
  const reader = new ByteReader(more.postings);
  writer.number(reader.number() + 32 * (more.first - block.last));
  writer.append(more.postings.subarray(reader.at));
  const postings = writer.take();
  writer.append(block.places);
  writer.append(more.places);
  const papers = block.papers + more.papers;
  return { first: block.first, last: more.last, papers, postings, places: writer.take() };
}
