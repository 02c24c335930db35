-- What a school means by names: name, code, the official name, level, when it
-- was said.
-- $1 consortium, $2 school
select m.name, m.specialty_code, p.name, p.level, m.mapped_at
from specialty_mapping m
join specialty p on p.code = m.specialty_code
where m.consortium_id = $1::uuid and m.school_id = $2::uuid
order by m.name_folded
