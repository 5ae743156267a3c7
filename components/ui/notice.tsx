import type { ReactNode } from "react";

type Props = { title: string; children?: ReactNode };

/** A short word to the reader, set apart by a rule at its left. */
export function Notice({ title, children }: Props) {
  return (
    <div role="status" className="border-accent bg-raised border-l-4 px-4 py-3">
      <p className="font-semibold">{title}</p>
      {children && <div className="text-muted mt-1 leading-relaxed">{children}</div>}
    </div>
  );
}
