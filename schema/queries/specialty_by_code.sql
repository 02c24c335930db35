-- One specialty of the catalogue, and an ETag for it: the list's own hash.
-- $1 code
select s.code, s.name, s.level, s.class_code, s.class_name, s.category_code,
	s.category_name, s.national_control, s.in_edition, s.is_current,
	'"l' || left(encode(l.sha256, 'hex'), 16) || '"'
from specialty s
join reference_list l on l.name = 'specialty'
where s.code = $1
