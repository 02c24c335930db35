-- The code lists that are loaded: name of the table, edition, source, how many
-- codes the edition has, when it was loaded.
select name, edition, source, row_count, loaded_at
from reference_list
order by name
