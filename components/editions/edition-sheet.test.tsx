import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { EditionSheet } from "#components/editions/edition-sheet.tsx";
import type { CalendarDay, CalendarWeek, ListSheet, PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

const paper = (number: number, known: Partial<PaperView> = {}): PaperView => ({
  id: `2608.0000${number}` as PaperView["id"],
  title: `Ink ${number}`,
  abstract: "It dries.",
  authors: ["Ada Example", "Ben Sample", "Cleo Gauge", "Dora Plumb", "Emil Rule"],
  categories: ["cs.CL", "cs.LG"],
  submittedAt: "2026-08-18T10:00:00Z",
  upvotes: { sources: 3, ours: 1 },
  comments: 2,
  stars: null,
  withdrawn: false,
  sample: false,
  plainTitle: `Ink ${number}`,
  titleParts: [{ kind: "text", text: `Ink ${number}` }],
  abstractParts: [{ kind: "text", text: "It dries." }],
  links: [
    { label: "arXiv", href: "https://arxiv.org/abs/2608.00001" },
    { label: "Code", href: "https://code.example/ink" },
  ],
  date: "18 August 2026",
  discussion: { label: "2 comments", href: "https://huggingface.co/papers/2608.00001" },
  rank: number,
  reasons: ["3 upvotes in 4 h: 1.2", "on Hugging Face and arXiv: 0.5"],
  score: "1.7",
  ...known,
});

const list: ListSheet = {
  papers: [paper(1), paper(2)],
  compact: false,
  category: null,
  total: 2,
  matching: 2,
  page: 1,
  pages: 1,
  hrefOfPage: (page) => routes.edition("2026-08-20", { page }),
  bar: {
    sorts: [
      { label: "Ranked", href: "/papers/date/2026-08-20", current: true },
      { label: "Newest", href: "/papers/date/2026-08-20?sort=newest", current: false },
    ],
    densities: [
      { label: "Abstracts", href: "/papers/date/2026-08-20", current: true },
      { label: "Titles", href: "/papers/date/2026-08-20?view=compact", current: false },
    ],
    chips: [
      { label: "All", count: 2, href: "/papers/date/2026-08-20", current: true },
      { label: "cs.CL", count: 2, href: "/papers/date/2026-08-20?category=cs.CL", current: false },
    ],
    others: 0,
    plainAddress: "/papers/date/2026-08-20",
    hidden: {},
  },
};

const cell = (known: Partial<CalendarDay>): CalendarDay => ({
  day: "2026-08-20",
  number: 20,
  kind: "printed",
  isToday: false,
  isCurrent: false,
  label: "20 August: 2 papers, 8 upvotes",
  papers: 50,
  upvotes: 25,
  ...known,
});

function html(change: Partial<ListSheet> = {}, week: CalendarDay[] = [cell({})], isOpen = false): string {
  const weeks: CalendarWeek[] = [{ week: "2026-W34", label: "W34", isAhead: false, isNear: true, days: week }];
  return renderToStaticMarkup(
    <EditionSheet
      words={{ day: "Thursday, 20 August 2026", state: "closed", isOpen }}
      list={{ ...list, ...change }}
      earlier={{ href: "/papers/date/2026-08-19", label: "19 August" }}
      later={null}
      calendar={{ weeks, query: { view: change.compact ? "compact" : undefined } }}
    />,
  );
}

describe("an edition", () => {
  test("shows rank, title, abstract, date, code, comments and why each paper is here", () => {
    const page = html();
    for (const words of ["Ink 1", "It dries.", "18 August 2026", ">Code<", ">2 comments<", "Why here: 1.7 points"]) {
      expect(page).toContain(words);
    }
    expect(page).toContain("3 upvotes in 4 h: 1.2\non Hugging Face and arXiv: 0.5");
    expect(page).toContain("2 papers · closed");
  });

  test("in titles has no abstract, three authors, and the number of the others", () => {
    const page = html({ compact: true });
    expect(page).not.toContain("It dries.");
    expect(page).toContain("Ada Example, Ben Sample, Cleo Gauge and 2 more · cs.CL · 2 comments · Code");
  });

  test("says when the day is finished, and when it is only over so far", () => {
    expect(html()).toContain("The day is finished.");
    expect(html({}, undefined, true)).toContain("That is all, so far.");
    expect(html({ category: "cs.CL" })).toContain("That is all of cs.CL on this day.");
    expect(html({ page: 1, pages: 2 })).not.toContain("finished");
  });

  test("of which no paper is in a class says so, and leads back to all of them", () => {
    const page = html({ papers: [], matching: 0, category: "math.CO" });
    expect(page).toContain("None of these papers is in math.CO.");
    expect(page).toContain('href="/papers/date/2026-08-20">Show all 2 papers');
    expect(page).not.toContain("finished");
  });

  test("prints late arrivals below, without a rank", () => {
    const page = html({ papers: [paper(1), paper(2, { rank: null })] });
    expect(page.indexOf("Late arrivals")).toBeLessThan(page.indexOf("Ink 2"));
    expect(page.match(/paper-rank/g)).toHaveLength(1);
  });
});

describe("the choices above it", () => {
  test("are links; of each kind the current one is marked, and the key c follows the other density", () => {
    const page = html();
    expect(page.match(/aria-current="true"/g)).toHaveLength(3);
    expect(page).toContain('<a href="/papers/date/2026-08-20?view=compact" data-key="c">Titles</a>');
  });

  test("carry order and density along in the form that asks for a small class", () => {
    const bar = { ...list.bar, others: 3, hidden: { sort: "newest", view: "compact" } };
    const page = html({ bar });
    expect(page).toContain("3 more");
    expect(page).toContain('<input type="hidden" name="sort" value="newest"/>');
    expect(page).toContain('<input type="hidden" name="view" value="compact"/>');
  });
});

describe("the calendar beside it", () => {
  test("links a day with papers under all that its bars say, and takes the density along", () => {
    const page = html({ compact: true });
    expect(page).toContain('href="/papers/date/2026-08-20?view=compact" aria-label="20 August: 2 papers, 8 upvotes"');
    expect(page).toContain("--papers:50%");
    expect(page).toContain('href="/papers/week/2026-W34?view=compact"');
  });

  test("tells an empty day, a day to come, today and the page's day apart in words, not by looks alone", () => {
    expect(html({}, [cell({ kind: "empty" })])).toContain("no papers</span>");
    expect(html({}, [cell({ kind: "ahead" })])).toContain("to come</span>");
    expect(html({}, [cell({ kind: "ahead" })])).not.toContain('aria-label="20 August');
    expect(html({}, [cell({ isCurrent: true })])).toContain('aria-current="page"');
    expect(html({}, [cell({ isToday: true })])).toContain('<td class="today">');
  });
});
