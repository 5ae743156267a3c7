import type { ReactNode } from "react";

type Props = { title: string; children: ReactNode };

/** A small page: one heading, one narrow column. */
export function PageFrame({ title, children }: Props) {
  return (
    <div className="mx-auto grid w-full max-w-[38rem] grid-cols-[minmax(0,1fr)] gap-6 py-10 text-lg leading-relaxed">
      <h1 className="text-3xl leading-tight font-semibold text-balance">{title}</h1>
      {children}
    </div>
  );
}
