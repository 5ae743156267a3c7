import { Typeset } from "#components/papers/typeset.tsx";
import type { ChangedPart } from "#lib/papers/types.ts";

/**
 * Two texts laid over each other: what is gone is struck through, what is new is underlined, also where there is no colour.
 * Most screen readers pass over <del> and <ins>, so that words say it too; they are not copied with the text.
 */
export function ChangedText({ parts }: { parts: readonly ChangedPart[] }) {
  let position = 0;
  return parts.map((part) => {
    const key = position;
    position += 1;
    return <Stretch key={key} part={part} />;
  });
}

function Stretch({ part }: { part: ChangedPart }) {
  switch (part.kind) {
    case "kept":
      return <Typeset parts={part.parts} />;
    case "removed":
      return (
        <del className="changed">
          <Said words=" removed: " />
          <Typeset parts={part.parts} />
          <Said words=" end of removed, " />
        </del>
      );
    case "added":
      return (
        <ins className="changed">
          <Said words=" added: " />
          <Typeset parts={part.parts} />
          <Said words=" end of added, " />
        </ins>
      );
  }
}

function Said({ words }: { words: string }) {
  return <span className="sr-only select-none">{words}</span>;
}
