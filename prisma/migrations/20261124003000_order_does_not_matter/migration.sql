-- What the sources say must end in the same rows in whatever order it arrives. For that a row has to remember how good
-- the word was that its text came from (a number, explained in lib/papers/merge-paper.ts). Rows of before count as the worst:
-- the next answer of any source replaces their text.
ALTER TABLE papers ADD COLUMN text_grade integer NOT NULL DEFAULT 0;

-- A paper can stand on two days, and an older day may be read after a newer one: the newer day's fields stay.
ALTER TABLE source_records ADD COLUMN day date;

-- Two days of one paper, read by one run, are two observations at the same moment that count at different times.
DROP INDEX signal_once;
CREATE UNIQUE INDEX signal_once ON signals (paper_id, source, kind, counts_at, observed_at);
