import type { ListBar as Bar, ListChoice } from "#lib/editions/types.ts";

/** The choices above a list: order, density, class. Plain links and a GET form: each choice is an address. */
export function ListBar({ bar }: { bar: Bar }) {
  return (
    <nav aria-label="This list" className="list-bar">
      <Choices label="Order" choices={bar.sorts} />
      <Choices label="Show" choices={bar.densities} otherKey="c" />
      {bar.chips.length > 0 && (
        <ul aria-label="Classes" className="chips">
          {bar.chips.map(({ label, count, href, current }) => (
            <li key={label}>
              <a href={href} aria-current={current || undefined} className="chip">
                {label} <span>{count.toLocaleString("en")}</span>
              </a>
            </li>
          ))}
          {bar.others > 0 && (
            <li>
              <OtherClass bar={bar} />
            </li>
          )}
        </ul>
      )}
    </nav>
  );
}

/** `otherKey` follows the choice that is not the current one: of two, it goes to and fro. */
function Choices({ label, choices, otherKey }: { label: string; choices: readonly ListChoice[]; otherKey?: string }) {
  return (
    <ul aria-label={label} className="choices">
      {choices.map((choice) => (
        <li key={choice.label}>
          <a
            href={choice.href}
            aria-current={choice.current || undefined}
            data-key={choice.current ? undefined : otherKey}
          >
            {choice.label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The small classes have no chip: whoever looks for one knows its name. */
function OtherClass({ bar: { others, plainAddress, hidden } }: { bar: Bar }) {
  return (
    <details>
      <summary className="chip">{`${others} more`}</summary>
      <form action={plainAddress} method="get" className="mt-1 flex items-center gap-2">
        {hidden.sort && <input type="hidden" name="sort" value={hidden.sort} />}
        {hidden.view && <input type="hidden" name="view" value={hidden.view} />}
        <label>
          Class{" "}
          <input
            name="category"
            required
            autoComplete="off"
            placeholder="math.CO"
            pattern="[a-z\-]{2,12}(\.[A-Za-z\-]{2,12})?"
            title="An arXiv class such as math.CO"
            className="field w-28"
          />
        </label>
        <button type="submit" className="field">
          Show
        </button>
      </form>
    </details>
  );
}
