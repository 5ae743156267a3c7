type Row = { label: string; status: string; lastSuccess: string; nextAttempt: string; message: string };

/** Each source: how its last run ended, when it last answered, when it is asked next. */
export function SourceTable({ rows }: { rows: readonly Row[] }) {
  return (
    <dl className="border-ink grid border-t font-sans text-base">
      {rows.map(({ label, status, lastSuccess, nextAttempt, message }) => (
        <div key={label} className="border-rule grid gap-1 border-b py-3">
          <dt className="font-semibold">
            {label}: {status}
          </dt>
          <dd className="text-muted">
            Last answer: {lastSuccess}. Next attempt: {nextAttempt}.
          </dd>
          {message && <dd className="text-muted">{message}</dd>}
        </div>
      ))}
    </dl>
  );
}
