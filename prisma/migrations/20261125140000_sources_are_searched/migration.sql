-- A search can ask for what a source told of, so a paper that one more source tells of (or one fewer) is a changed paper for the
-- search index. Papers that the same transaction has written have a new number already and are left alone: a bulk import
-- pays a look-up for each paper, not a second version of its row. (\x3b is a semicolon.)
CREATE FUNCTION number_papers_of_records() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN
      UPDATE papers SET change_seq = nextval(''paper_changes'')
      WHERE id IN (SELECT paper_id FROM changed)
        AND xmin::text::bigint <> pg_current_xact_id()::text::bigint % 4294967296\x3b
      RETURN NULL\x3b
    END';
CREATE TRIGGER number_papers_told_of AFTER INSERT ON source_records
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION number_papers_of_records();
CREATE TRIGGER number_papers_not_told_of AFTER DELETE ON source_records
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION number_papers_of_records();
