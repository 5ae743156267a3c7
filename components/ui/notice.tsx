import type { ReactNode } from "react";

type Props = { title: string; children?: ReactNode };

/** A short word to the reader, set apart by a rule at its left. */
export function Notice({ title, children }: Props) {
  return (
    <div role="status" className="border-accent border-l-4 bg-raised px-4 py-3">
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 text-muted leading-relaxed">{children}</div>}
    </div>
  );
}
