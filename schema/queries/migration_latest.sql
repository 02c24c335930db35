-- The number of the newest migration that was applied.
select coalesce(max(number), 0) from schema_migration
