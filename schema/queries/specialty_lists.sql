-- What names of specialties are read against, for records/catalogue.h: the
-- whole catalogue, the fields that advertisements speak of, and what the school
-- means by names. Returns specialty, alias or mapping; code or codes; name (of
-- a mapping folded); level; and whether the school has students of it.
-- $1 consortium, $2 school or null
select 'specialty', p.code, p.name, p.level, p.code = any (array(
	select distinct s.specialty_code from student s
	where s.consortium_id = $1::uuid and s.school_id = $2::uuid))
from specialty p
union all
select 'alias', a.codes, a.alias, null, false
from specialty_alias a
where a.is_current and a.codes is not null
union all
select 'mapping', m.specialty_code, m.name_folded, null, false
from specialty_mapping m
where m.consortium_id = $1::uuid and m.school_id = $2::uuid
