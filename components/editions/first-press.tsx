/** Before the first paper has come. */
export function FirstPress() {
  return (
    <div className="py-16 text-center text-xl leading-relaxed">
      {/* Not to be kept: the next reader may find the first papers. */}
      <meta name="x-broadsheet-cache" content="no" />
      <h1 className="text-3xl font-semibold">The first edition is being printed</h1>
      <p className="text-muted mt-3 italic">
        Papers are gathered now, and every ten minutes from then on. Reload this page in a minute.
      </p>
    </div>
  );
}
