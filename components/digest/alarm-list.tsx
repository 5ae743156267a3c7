type Props = { alarms: { name: string; sentence: string; since: string }[] };

/** What is not as it should be, and since when. */
export function AlarmList({ alarms }: Props) {
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms" className="text-xl font-semibold">
        What is not well
      </h2>
      <ul className="list-disc ps-5">
        {alarms.map(({ name, sentence, since }) => (
          <li key={name}>
            {sentence} <span className="text-muted">Since {since}.</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
