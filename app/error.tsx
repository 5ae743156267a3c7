"use client";

import { Button } from "#components/ui/button.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <PageFrame title="This page could not be printed">
      <p>Something failed on our side, not on yours. It has been noted in the log. Try again in a moment.</p>
      <p>
        <Button type="button" onClick={reset}>
          Try again
        </Button>
      </p>
    </PageFrame>
  );
}
