-- Who sends more than 5,000 mails a day without SPF, DKIM and DMARC is refused by large receivers, and loses the good name that later
-- mails would need. What the DNS said last is written down, so that the timetable can stop there without asking anybody.
CREATE TABLE mail_checks (
  id INTEGER PRIMARY KEY DEFAULT 1,
  checked_at TIMESTAMPTZ(3) NOT NULL,
  missing TEXT[] NOT NULL DEFAULT '{}'
);
ALTER TABLE mail_checks ADD CONSTRAINT mail_has_one_check CHECK (id = 1);
