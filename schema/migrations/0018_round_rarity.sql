-- A round is judged by the rarity that held when it opened, as it is by the
-- policy: a second run gives the same scores. Null: there was none.
alter table round add column rarity_edition integer;
