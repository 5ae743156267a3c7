"use client";

import { usePathname } from "next/navigation";
import { routes } from "#lib/platform/routes.ts";

const places = [
  { label: "Today", href: routes.home() },
  { label: "This week", href: routes.thisWeek() },
  { label: "This month", href: routes.thisMonth() },
  { label: "Trending", href: routes.trending() },
];

/** The ways through the newspaper. It knows its own address, on the server too: the place where one is, is marked. */
export function Places() {
  const here = usePathname();
  return (
    <nav aria-label="Editions">
      <ul className="flex flex-wrap gap-x-5">
        {places.map(({ label, href }) => (
          <li key={href}>
            <a href={href} aria-current={href === here ? "page" : undefined} className="place">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
