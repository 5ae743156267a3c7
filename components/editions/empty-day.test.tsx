import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { EmptyDay } from "#components/editions/empty-day.tsx";

test.each(["past", "today", "future"] as const)(
  "an empty day that is %s asks not to be kept: it may be filled",
  (when) => {
    const page = renderToStaticMarkup(<EmptyDay day="Friday, 14 August 2026" when={when} nearest="2026-08-13" />);
    expect(page).toContain('<meta name="x-broadsheet-cache" content="no"/>');
    expect(page).toContain('href="/papers/date/2026-08-13"');
  },
);
