import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";

export default function NotFound() {
  return (
    <PageFrame title="There is no such page here">
      <p>
        The address may be mistyped, or the paper may not have been printed here. A day is written{" "}
        <code className="font-sans text-base">/papers/date/2026-08-20</code>, a week{" "}
        <code className="font-sans text-base">/papers/week/2026-W34</code>, a paper{" "}
        <code className="font-sans text-base">/papers/2608.12313</code>.
      </p>
      <p>
        <a href={routes.home()}>Read the latest edition</a>, or search above by words, author or arXiv id.
      </p>
    </PageFrame>
  );
}
