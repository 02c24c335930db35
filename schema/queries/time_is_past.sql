-- Is that moment past?
-- $1 time
select $1::timestamptz < now()
