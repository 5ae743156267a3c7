import type { ComponentProps } from "react";

type Props = ComponentProps<"button"> & { quiet?: boolean };

/** A button is ink on paper; a quiet one only has its outline. */
export function Button({ quiet = false, className = "", ...props }: Props) {
  const look = quiet
    ? "border-edge text-ink hover:border-ink"
    : "border-ink bg-ink text-paper hover:border-accent hover:bg-accent";
  return (
    <button
      {...props}
      className={`inline-flex min-h-10 items-center border px-4 py-1.5 font-sans text-sm font-medium motion-safe:transition-colors ${look} ${className}`}
    />
  );
}
