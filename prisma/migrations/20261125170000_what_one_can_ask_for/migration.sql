-- A reader says how often, at which hour of which zone, how much and of what the mail shall be, and when there is a holiday. What
-- was promised to those who subscribed before stays as it is: every day, at the site's hour, up to twenty papers, none on an empty day.
ALTER TABLE subscribers
  ADD COLUMN rhythm text NOT NULL DEFAULT 'daily',
  ADD COLUMN hour integer,
  ADD COLUMN time_zone text NOT NULL DEFAULT '',
  ADD COLUMN papers integer NOT NULL DEFAULT 20,
  ADD COLUMN classes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN paused_until date,
  ADD COLUMN plain_text boolean NOT NULL DEFAULT false,
  ADD COLUMN empty_day text NOT NULL DEFAULT 'skip';
ALTER TABLE subscribers ADD CONSTRAINT subscriber_rhythm CHECK (rhythm IN ('daily', 'weekdays', 'weekly', 'monthly'));
ALTER TABLE subscribers ADD CONSTRAINT subscriber_hour CHECK (hour BETWEEN 0 AND 23);
-- A name of the IANA database, never an offset: an offset knows no summer.
ALTER TABLE subscribers ADD CONSTRAINT subscriber_time_zone CHECK (time_zone ~ '^([A-Za-z][A-Za-z0-9_+/-]*)?$');
ALTER TABLE subscribers ADD CONSTRAINT subscriber_papers CHECK (papers BETWEEN 5 AND 50);
-- A search says its classes itself (cat:cs.CL).
ALTER TABLE subscribers ADD CONSTRAINT subscriber_classes CHECK (cardinality(classes) <= 20 AND (query = '' OR classes = '{}'));
ALTER TABLE subscribers ADD CONSTRAINT subscriber_empty_day CHECK (empty_day IN ('skip', 'explain'));

-- A digest is of a day, of an ISO week or of a month, named by its first day. It remembers the days whose frozen editions it is
-- made of: what is frozen later changes no mail that has gone out. An explained empty day is made of none, and has no edition.
ALTER TABLE digests ADD COLUMN kind text NOT NULL DEFAULT 'day', ADD COLUMN days date[] NOT NULL DEFAULT '{}';
UPDATE digests SET days = ARRAY[day];
ALTER TABLE digests DROP CONSTRAINT digests_day_fkey;
DROP INDEX digests_day_key;
CREATE UNIQUE INDEX digests_kind_day_key ON digests (kind, day);
ALTER TABLE digests ADD CONSTRAINT digest_begins_with_its_time CHECK (kind = 'day'
  OR kind = 'week' AND EXTRACT(isodow FROM day) = 1 OR kind = 'month' AND EXTRACT(day FROM day) = 1);
