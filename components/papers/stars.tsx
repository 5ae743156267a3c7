/** What the code of a paper has gathered on its host. */
export function Stars({ stars }: { stars: number | null }) {
  return (
    stars !== null && (
      <span className="text-muted">{`${stars.toLocaleString("en")} star${stars === 1 ? "" : "s"}`}</span>
    )
  );
}
