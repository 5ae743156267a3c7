-- A mail that cannot be delivered must end some day, and each row says when: a digest when the next edition is due, a
-- sign-in letter when its link has died. Until now that moment would have had to be guessed from other tables.
-- No row exists yet that would need a value.
ALTER TABLE deliveries ADD COLUMN expires_at timestamptz(3) NOT NULL;
ALTER TABLE letter_requests ADD COLUMN expires_at timestamptz(3) NOT NULL;

-- "One letter per address and day" counts addresses, not their spellings.
ALTER TABLE letter_requests ADD COLUMN email_key text NOT NULL;
DROP INDEX letter_requests_email_kind_requested_at_idx;
CREATE INDEX letter_requests_email_key_kind_requested_at_idx ON letter_requests (email_key, kind, requested_at);

-- The last check before a mail leaves is one statement. It can see a suppression only if the hash stands in the row.
ALTER TABLE subscribers ADD COLUMN email_hash text NOT NULL;
CREATE UNIQUE INDEX subscribers_email_hash_key ON subscribers (email_hash);

ALTER TABLE subscribers ADD CONSTRAINT unsubscribed_has_a_time
  CHECK (status <> 'unsubscribed' OR unsubscribed_at IS NOT NULL);
ALTER TABLE suppressions ADD CONSTRAINT suppression_reason CHECK (reason IN ('bounced', 'complained', 'erased'));
-- Prepared means counted: the list of recipients and its count are written in one transaction.
ALTER TABLE digests ADD CONSTRAINT prepared_means_counted
  CHECK ((prepared_at IS NULL) = (candidates IS NULL) AND (prepared_at IS NULL) = (excluded IS NULL));

-- Letters keep the same promises as digests.
ALTER TABLE letter_requests DROP CONSTRAINT letter_state;
ALTER TABLE letter_requests ADD CONSTRAINT letter_state
  CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'expired'));
ALTER TABLE letter_requests ADD CONSTRAINT letter_claimed_before_handed
  CHECK (handed_at IS NULL OR claimed_at IS NOT NULL);
ALTER TABLE letter_requests ADD CONSTRAINT letter_sent_means_handed
  CHECK (state NOT IN ('sent', 'uncertain') OR handed_at IS NOT NULL);
-- A mail is settled, with the time of it, or still open.
ALTER TABLE deliveries ADD CONSTRAINT settled_has_a_time
  CHECK ((state IN ('pending', 'sending')) = (settled_at IS NULL));
ALTER TABLE letter_requests ADD CONSTRAINT letter_settled_has_a_time
  CHECK ((state IN ('pending', 'sending')) = (settled_at IS NULL));
