-- The search index follows papers by change_seq and must know when every number up to some N is settled, that is, its
-- transaction has ended. A transaction shows in pg_current_snapshot() once it has an id, and until now it could take a number
-- before it had one. Now the id comes first: whoever holds a number is seen. (\x3b is a semicolon, as in the migration before.)
CREATE OR REPLACE FUNCTION number_paper_change() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN PERFORM pg_current_xact_id()\x3b NEW.change_seq := nextval(''paper_changes'')\x3b RETURN NEW\x3b END';

-- A pasted DOI leads to its paper, and DOIs are the same in upper and lower case.
CREATE INDEX papers_doi_idx ON papers (lower(doi)) WHERE doi IS NOT NULL;
