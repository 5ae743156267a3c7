-- A search reads a thousand characters now, and one that comes by mail is kept whole.
ALTER TABLE subscribers DROP CONSTRAINT subscribers_query_is_read_whole;
ALTER TABLE subscribers ADD CONSTRAINT subscribers_query_is_read_whole CHECK (char_length(query) <= 1000);
