-- Who got which digest is nobody's business after three months, but how many got it is the site's own history. So old deliveries go, and
-- their numbers stay. The key says that each number is kept once.
CREATE TABLE digest_totals (
  digest_id UUID NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
  asked_by TEXT NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (digest_id, asked_by, state)
);
ALTER TABLE digest_totals ADD CONSTRAINT digest_total_counts_something CHECK (count > 0);
