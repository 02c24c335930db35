-- Which of the specialties, classes and categories are in no list: their
-- numbers from 0.
-- $1 codes
select n.number - 1
from unnest($1::text[]) with ordinality as n (code, number)
where not exists (select from specialty_node s where s.code = n.code)
order by n.number
