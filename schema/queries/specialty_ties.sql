-- The loaded pairs of specialty and occupation, in ascending order.
-- $1 specialty, or null for all
select specialty_code, occupation_code
from specialty_occupation
where is_current and ($1::text is null or specialty_code = $1)
order by specialty_code, occupation_code
