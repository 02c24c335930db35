-- Puts changes of the employment counts together; how many.
-- $1 how many at most
select fold_graduate_counts($1::integer)
