import type { CSSProperties } from "react";
import type { CalendarDay, CalendarWeek } from "#lib/editions/types.ts";
import { type ListQuery, routes } from "#lib/platform/routes.ts";

type Props = {
  weeks: readonly CalendarWeek[];
  /** The view that a reader takes along to another day. */
  query: ListQuery;
};

/** The last weeks at a glance: each day leads to its edition, each week to its list. Two bars: papers above, upvotes below. */
export function Calendar({ weeks, query }: Props) {
  return (
    <nav aria-label="The last weeks">
      <table className="calendar">
        <caption>
          <span>Papers</span> and <span>upvotes</span> of each day
        </caption>
        <thead>
          <tr>
            <td />
            {weekdays.map(([short, long]) => (
              <th key={long} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ week, label, isAhead, isNear, days }) => (
            <tr key={week} className={isNear ? undefined : "far"}>
              <th scope="row">{isAhead ? label : <a href={routes.week(week, query)}>{label}</a>}</th>
              {days.map((day) => (
                <Day key={day.day} day={day} query={query} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </nav>
  );
}

const weekdays = [
  ["M", "Monday"],
  ["T", "Tuesday"],
  ["W", "Wednesday"],
  ["T", "Thursday"],
  ["F", "Friday"],
  ["S", "Saturday"],
  ["S", "Sunday"],
] as const;

/** Only a day with papers is a link. Of the others the label says what they are, in words that are read, not drawn. */
function Day({ day, query }: { day: CalendarDay; query: ListQuery }) {
  const look =
    [day.isToday && "today", day.kind === "printed" ? null : day.kind].filter(Boolean).join(" ") || undefined;
  if (day.kind !== "printed") {
    return (
      <td className={look} aria-current={day.isCurrent ? "page" : undefined}>
        {day.number}
        <span className="sr-only">{day.kind === "ahead" ? " to come" : " no papers"}</span>
      </td>
    );
  }
  return (
    <td className={look}>
      <a
        href={routes.edition(day.day, query)}
        aria-label={day.label}
        title={day.label}
        aria-current={day.isCurrent ? "page" : undefined}
        style={{ "--papers": `${day.papers}%`, "--upvotes": `${day.upvotes}%` } as CSSProperties}
      >
        {day.number}
      </a>
    </td>
  );
}
