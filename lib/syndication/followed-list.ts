import { weekOf, monthOf } from "#lib/editions/edition-date.ts";
import { formatDay, formatMonth } from "#lib/editions/format-day.ts";
import { routes } from "#lib/platform/routes.ts";
import type { ListName } from "#lib/syndication/schema.ts";
import type { FeedFormat, FollowedList } from "#lib/syndication/types.ts";

/** A list's name as people read it, its page and its feed. `title` of the site's main feed is the site's name alone. */
export function describeList(
  list: ListName,
  { siteName, category, format }: { siteName: string; category?: string; format: FeedFormat },
): Pick<FollowedList, "title" | "subtitle" | "page" | "address"> {
  const { name, subtitle, page } = wordsOf(list);
  const within = category ? ` in ${category}` : "";
  return {
    title: `${name ? `${siteName}: ${name}` : siteName}${within}`,
    subtitle: `${subtitle}${within}.`,
    page: category ? `${page}?${new URLSearchParams({ category })}` : page,
    address: routes.feed(page, format, { category }),
  };
}

function wordsOf(list: ListName): { name: string; subtitle: string; page: string } {
  switch (list.kind) {
    case "latest":
      return { name: "", subtitle: "The first papers of the two newest editions, by rank", page: routes.home() };
    case "trending":
      return { name: "Trending", subtitle: "The papers that are talked about now", page: routes.trending() };
    case "this-week":
      return { name: "This week", subtitle: "The papers of the newest week, by rank", page: routes.thisWeek() };
    case "this-month":
      return { name: "This month", subtitle: "The papers of the newest month, by rank", page: routes.thisMonth() };
    case "day": {
      const day = formatDay(list.first);
      return { name: day, subtitle: `The edition of ${day}, by rank`, page: routes.edition(list.first.toString()) };
    }
    case "week": {
      const name = `Week ${list.first.weekOfYear} of ${list.first.yearOfWeek}`;
      return { name, subtitle: `The papers of ${name.toLowerCase()}, by rank`, page: routes.week(weekOf(list.first)) };
    }
    case "month": {
      const name = formatMonth(list.first);
      return { name, subtitle: `The papers of ${name}, by rank`, page: routes.month(monthOf(list.first)) };
    }
  }
}
