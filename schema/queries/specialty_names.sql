-- Every name that a text may call specialties by, as records/suggestion.h reads
-- it: name, code, official name, level, is it an alias; rows of the same name
-- together, those of one code by level.
select n.name, n.code, s.name, s.level, n.is_alias
from specialty_name n
left join specialty_node s on s.code = n.code
order by n.name, n.is_alias, n.code
