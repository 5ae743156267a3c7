-- A harvest of a whole category and a file of a million lines take long, and may be killed in the middle. How far they
-- have come is written in the transaction that stores what was read, so that the next start goes on exactly there.
CREATE TABLE source_progress (
  task text PRIMARY KEY,
  position jsonb NOT NULL,
  started_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3)
);

-- arXiv says of a record that it is deleted. We say so too, and delete nothing: people have voted for it and linked to it.
ALTER TABLE papers ADD COLUMN deleted_at timestamptz(3);
