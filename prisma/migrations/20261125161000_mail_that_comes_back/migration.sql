-- A mail server that took a mail may send it back hours later (RFC 3464). What it said is kept with the delivery: an address that
-- does not exist must not be mailed again, and one that fails again and again neither.
ALTER TABLE deliveries ADD COLUMN bounced_at TIMESTAMPTZ(3), ADD COLUMN bounce_status TEXT;
ALTER TABLE deliveries ADD CONSTRAINT bounce_is_whole CHECK ((bounced_at IS NULL) = (bounce_status IS NULL));
