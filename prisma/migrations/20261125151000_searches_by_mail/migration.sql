-- A search can be had by mail: of each edition the papers that it finds. So an address may have several subscriptions, one for
-- each search and one for whole editions, each confirmed and ended by itself. A suppression still is the address's.
ALTER TABLE subscribers ADD COLUMN query text NOT NULL DEFAULT '';
ALTER TABLE subscribers ADD CONSTRAINT subscribers_query_is_read_whole CHECK (char_length(query) <= 250);
DROP INDEX subscribers_email_key_key;
CREATE UNIQUE INDEX subscribers_email_key_query_key ON subscribers (email_key, query);
DROP INDEX subscribers_email_hash_key;
CREATE INDEX subscribers_email_hash_idx ON subscribers (email_hash);
