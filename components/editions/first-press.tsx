/** Before the first paper has come. */
export function FirstPress() {
  return (
    <div className="py-16 text-center text-xl leading-relaxed">
      <h1 className="font-semibold text-3xl">The first edition is being printed</h1>
      <p className="mt-3 text-muted italic">Papers are being gathered. Reload this page in a minute.</p>
    </div>
  );
}
