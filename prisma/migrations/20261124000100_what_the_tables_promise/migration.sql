-- What Prisma's schema language cannot say, said to the database: it refuses what the code must never write.

-- An arXiv id without its version: 2608.12313, 0704.0010, hep-th/9901001, math.GT/0309136.
ALTER TABLE papers ADD CONSTRAINT paper_id_is_arxiv
  CHECK (id ~ '^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$');
ALTER TABLE papers ADD CONSTRAINT paper_version_is_positive CHECK (version >= 1);
ALTER TABLE papers ADD CONSTRAINT paper_has_a_title CHECK (title <> '');
-- Links are shown as links: no scheme but http and https may ever be stored.
ALTER TABLE papers ADD CONSTRAINT paper_links_are_web_links
  CHECK (COALESCE(project_url, 'https://') ~* '^https?://' AND COALESCE(code_url, 'https://') ~* '^https?://'
     AND COALESCE(license_url, 'https://') ~* '^https?://');

-- The search index follows the store by this number. It is taken in the transaction of the change itself, so that
-- nothing that commits can be missed. (\x3b is a semicolon: the migration adapter cuts a script at each one that it sees, also inside quotes.)
-- Only searchable text counts: a new upvote total does not make work for the index.
CREATE SEQUENCE paper_changes AS bigint;
CREATE FUNCTION number_paper_change() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN NEW.change_seq := nextval(''paper_changes'')\x3b RETURN NEW\x3b END';
CREATE TRIGGER number_new_paper BEFORE INSERT ON papers FOR EACH ROW EXECUTE FUNCTION number_paper_change();
CREATE TRIGGER number_changed_paper BEFORE UPDATE ON papers FOR EACH ROW
  WHEN (ROW(OLD.title, OLD.abstract, OLD.authors, OLD.categories, OLD.code_url, OLD.announced_on, OLD.submitted_at)
    IS DISTINCT FROM ROW(NEW.title, NEW.abstract, NEW.authors, NEW.categories, NEW.code_url, NEW.announced_on, NEW.submitted_at))
  EXECUTE FUNCTION number_paper_change();

ALTER TABLE signals ADD CONSTRAINT signal_kind CHECK (kind IN ('upvotes', 'comments', 'stars'));
ALTER TABLE signals ADD CONSTRAINT signal_value_is_a_count CHECK (value >= 0);
ALTER TABLE signals ADD CONSTRAINT signal_counts_no_later_than_seen CHECK (counts_at <= observed_at);
-- Two runs that saw the same at the same moment are one observation.
CREATE UNIQUE INDEX signal_once ON signals (paper_id, source, kind, observed_at);

ALTER TABLE source_runs ADD CONSTRAINT source_run_status
  CHECK (status IN ('running', 'ok', 'not-modified', 'suspect', 'failed', 'interrupted'));
ALTER TABLE source_runs ADD CONSTRAINT source_run_ends CHECK ((status = 'running') = (finished_at IS NULL));

ALTER TABLE edition_entries ADD CONSTRAINT entry_rank_is_positive CHECK (rank >= 1);

ALTER TABLE letter_requests ADD CONSTRAINT letter_kind CHECK (kind IN ('sign-in', 'confirm-subscription'));
ALTER TABLE letter_requests ADD CONSTRAINT letter_state
  CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain'));

-- Nobody is mailed without a recorded confirmation: the database refuses an active subscriber who never confirmed.
ALTER TABLE subscribers ADD CONSTRAINT subscriber_status CHECK (status IN ('pending', 'active', 'unsubscribed'));
ALTER TABLE subscribers ADD CONSTRAINT active_means_confirmed CHECK (status <> 'active' OR confirmed_at IS NOT NULL);

-- The states of the sending protocol. Handed over is a mark that only a claimed delivery can carry.
ALTER TABLE deliveries ADD CONSTRAINT delivery_state
  CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain', 'expired', 'excluded'));
ALTER TABLE deliveries ADD CONSTRAINT delivery_asked_by CHECK (asked_by IN ('timetable', 'operator', 'reader'));
ALTER TABLE deliveries ADD CONSTRAINT claimed_before_handed CHECK (handed_at IS NULL OR claimed_at IS NOT NULL);
ALTER TABLE deliveries ADD CONSTRAINT sent_means_handed CHECK (state NOT IN ('sent', 'uncertain') OR handed_at IS NOT NULL);
