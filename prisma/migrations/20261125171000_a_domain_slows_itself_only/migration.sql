-- A server that asks for patience gets it, from every process and after a restart, and nobody else has to wait for it: what it asked
-- stands in the database. Domains are of mail servers, not of people. One that is at peace has no row.
CREATE TABLE mail_domains (
  domain TEXT PRIMARY KEY,
  strikes INTEGER NOT NULL DEFAULT 0,
  paused_until TIMESTAMPTZ(3),
  next_at TIMESTAMPTZ(3) NOT NULL
);
ALTER TABLE mail_domains ADD CONSTRAINT mail_domain_struck_means_paused CHECK (strikes = 0 OR paused_until IS NOT NULL);

-- Thousands of deliveries are due at the same moment: the next few are found without sorting all of them.
DROP INDEX deliveries_state_due_at_idx;
CREATE INDEX deliveries_state_due_at_id_idx ON deliveries (state, due_at, id);
