import { Fragment } from "react";
import { shortcutGroups } from "#components/keyboard/keys.ts";

/** All keys, and what each does. */
export function KeyList({ heading: Heading }: { heading: "h2" | "h3" }) {
  return shortcutGroups.map(({ title, shortcuts }) => (
    <section key={title} aria-label={title} className="grid gap-1">
      <Heading className="font-semibold">{title}</Heading>
      <dl className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 font-sans text-sm leading-relaxed">
        {shortcuts.map(({ keys, does, command }) => (
          <Fragment key={command}>
            <dt>
              {keys.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && " "}
                  <kbd className="border-rule bg-raised inline-block min-w-6 border px-1.5 text-center">{key}</kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  ));
}
