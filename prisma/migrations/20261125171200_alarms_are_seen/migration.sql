-- What is wrong is looked for every ten minutes and written down with its beginning, so that a page can say it at no cost, and the log
-- says it once, not every ten minutes.
CREATE TABLE alarms (
  name TEXT PRIMARY KEY,
  sentence TEXT NOT NULL,
  since TIMESTAMPTZ(3) NOT NULL
);
