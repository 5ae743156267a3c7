import type { TextPart } from "#lib/papers/types.ts";

/** A typeset title or abstract, without an element of its own: it fits into headings, links and paragraphs. */
export function Typeset({ parts }: { parts: readonly TextPart[] }) {
  let position = 0;
  return parts.map((part) => {
    const key = position;
    position += part.kind === "math" ? part.tex.length + 2 : part.text.length;
    return <Part key={key} part={part} />;
  });
}

function Part({ part }: { part: TextPart }) {
  switch (part.kind) {
    case "text":
      return part.marked ? <mark>{part.text}</mark> : <Words text={part.text} />;
    case "link":
      return (
        <a href={part.href} rel="nofollow noopener" className="wrap-anywhere">
          {part.text}
        </a>
      );
    case "math":
      // Here alone a string becomes markup. `typesetText` let it through an allow-list of MathML elements and attributes
      // (lib/papers/tex/safe-mathml.ts); a formula as a tree of React elements would be sent twice, as HTML and as props.
      return <span dangerouslySetInnerHTML={{ __html: part.mathml }} />;
  }
}

function Words({ text }: { text: string }) {
  return text.includes("\n") ? <span className="whitespace-pre-line">{text}</span> : text;
}
