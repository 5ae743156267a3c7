import type { ReactNode } from "react";
import { SourceNews } from "#app/source-news.tsx";

export default function PapersLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SourceNews />
      {children}
    </>
  );
}
