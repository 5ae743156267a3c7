import { type ComponentProps, useId } from "react";

type Props = ComponentProps<"input"> & { label: string; hint?: string; error?: string };

/** One line of a form: label, input, and below it what is wrong or what it is for. */
export function Field({ label, hint, error, className = "", ...input }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-sans text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`field min-h-10 w-full px-3 text-base ${className}`}
      />
      {note && (
        <p id={`${id}-note`} className={`font-sans text-sm ${error ? "text-accent" : "text-muted"}`}>
          {note}
        </p>
      )}
    </div>
  );
}
