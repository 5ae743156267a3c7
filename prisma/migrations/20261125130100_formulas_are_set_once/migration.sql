-- Setting a formula takes a fraction of a millisecond, and a list of physics or mathematics holds hundreds. They are set once,
-- soon after a paper is stored, and kept beside the text that they were made of. All of this can be made again: rows whose hash or
-- typesetter is another are not used, and the sweep replaces them. It begins with all papers that are stored now.
CREATE TABLE paper_formulas (
  paper_id text NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
  field text NOT NULL,
  typesetter integer NOT NULL,
  text_hash text NOT NULL,
  mathml text[],
  PRIMARY KEY (paper_id, field)
);
ALTER TABLE paper_formulas ADD CONSTRAINT formulas_field CHECK (field IN ('title', 'abstract'));

CREATE TABLE typesetting_progress (
  typesetter integer PRIMARY KEY,
  change_seq bigint NOT NULL
);
