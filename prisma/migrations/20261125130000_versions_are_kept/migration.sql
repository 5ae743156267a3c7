-- What an author changed from one version to the next is worth reading, and arXiv shows only the newest text. So a text that
-- a newer one replaces is kept here, and so is an older version that somebody tells us of later. The present version stays
-- where it was, in papers: no text is stored twice, and there is nothing to copy now. A source that lists the dates of all versions
-- gives rows without a text.
CREATE TABLE paper_versions (
  paper_id text NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
  version integer NOT NULL,
  title text,
  abstract text,
  submitted_at timestamptz(3),
  detail smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (paper_id, version)
);

ALTER TABLE paper_versions ADD CONSTRAINT version_is_positive CHECK (version >= 1);
-- A version's text is whole, or unknown.
ALTER TABLE paper_versions ADD CONSTRAINT version_text_is_whole CHECK ((title IS NULL) = (abstract IS NULL));
ALTER TABLE paper_versions ADD CONSTRAINT version_tells_something CHECK (title IS NOT NULL OR submitted_at IS NOT NULL);
