-- Ends epochs of the employment counts, 4,096 changes each: one step towards the
-- next in every consortium; $1: there is more to do at once.
-- $1 what it says then
select end_graduate_epochs($1::integer, 4096)
