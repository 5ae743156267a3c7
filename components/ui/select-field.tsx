import { type ComponentProps, useId } from "react";

type Props = ComponentProps<"select"> & {
  label: string;
  error?: string;
  /** Value and words of each choice. */
  choices: readonly (readonly [string, string])[];
};

/** One choice of a form, and below it what is wrong. */
export function SelectField({ label, error, choices, ...select }: Props) {
  const id = useId();
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-sans text-sm font-medium">
        {label}
      </label>
      <select
        {...select}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-note` : undefined}
        className="field min-h-10 w-full px-2 text-base"
      >
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {error && (
        <p id={`${id}-note`} className="text-accent font-sans text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
