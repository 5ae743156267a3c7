-- A copy of the database (a restored backup, a staging machine) must not mail the subscribers of the original. So the database
-- says from which place its mail may go, and a process at another place sends nothing until its operator says so.
CREATE TABLE mail_home (
  id INTEGER PRIMARY KEY DEFAULT 1,
  place TEXT NOT NULL,
  sends_from TIMESTAMPTZ(3),
  since TIMESTAMPTZ(3) NOT NULL
);
ALTER TABLE mail_home ADD CONSTRAINT mail_has_one_home CHECK (id = 1);
