import {
  type ArxivPaper,
  type DailyItem,
  digest,
  submissionFor,
  type World,
  weekdaysBack,
} from "#tests/fakes/world.ts";
import { type FixturePaper, fixturePapers } from "#tests/fixtures/papers.ts";

type Calendar = { day: (back: number) => Temporal.PlainDate };

/** The invented papers, laid over the six weekdays up to `today`. The same day always gives the same world. */
export function fixtureWorld(today: Temporal.PlainDate, invented: readonly FixturePaper[] = fixturePapers): World {
  const weekdays = weekdaysBack(today, 6);
  const calendar: Calendar = { day: (back) => weekdays[back] ?? today };
  const papers = invented.map((fixture, index) => ({ fixture, arxiv: toArxivPaper(fixture, index, calendar) }));
  return {
    today,
    days: weekdays.toReversed(),
    listDailyItems: (day) =>
      papers
        .filter(({ fixture }) => fixture.days.some((back) => calendar.day(back).equals(day)))
        .map(({ fixture, arxiv }) => toDailyItem(fixture, arxiv, day)),
    listArxivPapers: () => papers.map(({ arxiv }) => arxiv),
  };
}

function toArxivPaper(fixture: FixturePaper, index: number, { day }: Calendar): ArxivPaper {
  const announcedOn = day(fixture.announced ?? Math.max(...fixture.days));
  const cross = fixture.announceType === "cross";
  const submittedAt = fixture.oldId ? Temporal.Instant.from("1999-01-05T10:12:13Z") : submissionFor(announcedOn, index);
  const replacedOn = fixture.replaced === undefined ? null : day(fixture.replaced);
  return {
    // arXiv never came near number 90,000 in a month: no real paper has such an id.
    id: fixture.oldId ?? `${announcedOn.toString().slice(2, 7).replace("-", "")}.${90_001 + index}`,
    version: fixture.version ?? 1,
    title: fixture.title,
    abstract: fixture.abstract,
    authors: [...fixture.authors, ...manyNames(fixture.manyAuthors ?? 0)],
    categories: [...fixture.categories, ...(fixture.crossTo ? [fixture.crossTo] : [])],
    comment: fixture.comment ?? null,
    journalRef: fixture.journalRef ?? null,
    doi: fixture.doi ?? null,
    licenseUrl: fixture.licenseUrl ?? "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
    submittedAt,
    revisedAt: replacedOn ? submissionFor(replacedOn, index) : submittedAt,
    listings: [
      { day: announcedOn, type: cross ? "cross" : "new" },
      ...(replacedOn ? [{ day: replacedOn, type: "replace" as const }] : []),
    ],
  };
}

const firstNames = ["Alder", "Birch", "Cedar", "Dill", "Elm", "Fennel", "Gorse", "Heather", "Iris", "Juniper"];
const lastNames = ["Tinsmith", "Canfield", "Lidwell", "Solderby", "Rimmer", "Argonaut", "Coldwater", "Brightside"];

function manyNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const initial = String.fromCharCode(65 + (Math.floor(index / 80) % 26));
    return `${firstNames[index % 10]} ${initial}. ${lastNames[Math.floor(index / 10) % 8]}`;
  });
}

/** In the shape that Hugging Face's API has had since the summer of 2026. */
function toDailyItem(fixture: FixturePaper, paper: ArxivPaper, day: Temporal.PlainDate): DailyItem {
  const submittedOn = paper.submittedAt.toZonedDateTimeISO("UTC").toPlainDate();
  const login = { _id: digest("margin-notes", 24), avatarUrl: "/avatars/margin-notes.svg", isPro: false };
  const summary = paper.abstract;
  return {
    paper: {
      id: paper.id,
      authors: paper.authors.map((name) => ({ _id: digest(paper.id + name, 24), name, hidden: false })),
      publishedAt: `${submittedOn}T00:00:00.000Z`,
      submittedOnDailyAt: `${day}T00:00:00.000Z`,
      title: paper.title,
      submittedOnDailyBy: {
        ...login,
        fullname: "Margin Notes",
        user: "margin-notes",
        type: "user",
        name: "margin-notes",
      },
      summary,
      upvotes: fixture.upvotes,
      discussionId: digest(`discussion ${paper.id}`, 24),
      ...(fixture.project && { projectPage: fixture.project }),
      ...(fixture.code && { githubRepo: fixture.code, githubRepoAddedBy: "user", githubStars: fixture.stars ?? 0 }),
      ai_summary: `In one sentence: ${summary.split(". ")[0]}.`,
      ai_keywords: paper.title.toLowerCase().match(/[a-z]{6,}/g) ?? [],
      ai_summary_model: "invented/model",
    },
    publishedAt: `${submittedOn.subtract({ days: 1 })}T20:00:00.000Z`,
    title: paper.title,
    summary,
    thumbnail: `https://papers.example/thumbnails/${paper.id}.png`,
    numComments: fixture.comments ?? 0,
    submittedBy: { ...login, fullname: "Margin Notes", name: "margin-notes", type: "user", isHf: false, isMod: false },
    isAuthorParticipating: false,
  };
}
