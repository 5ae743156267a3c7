-- A removed paper leaves the search index within seconds, as a changed one is found within seconds: removing takes a number of
-- the sequence too, so that the index looks. Counts and facets are then right for pages that nobody reads to their end.
-- (\x3b is a semicolon: the migration adapter cuts a script at each one that it sees, also inside quotes.)
CREATE FUNCTION number_paper_removal() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN PERFORM pg_current_xact_id()\x3b PERFORM nextval(''paper_changes'')\x3b RETURN NULL\x3b END';
CREATE TRIGGER number_removed_papers AFTER DELETE ON papers FOR EACH STATEMENT EXECUTE FUNCTION number_paper_removal();
