-- A source that lists a paper has told of it, also where it said nothing that needs a record: such papers were not found by
-- their source. Listings number their papers as records do.
CREATE TRIGGER number_papers_listed AFTER INSERT ON listings
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION number_papers_of_records();
CREATE TRIGGER number_papers_not_listed AFTER DELETE ON listings
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION number_papers_of_records();
-- What the index holds of their sources is out of date.
UPDATE papers SET change_seq = nextval('paper_changes')
  WHERE NOT EXISTS (SELECT 1 FROM source_records AS r WHERE r.paper_id = papers.id);
