-- Which of the specialties' codes are in no list; '' is none. $1 codes
select distinct c.code
from unnest($1::text[]) as c (code)
where c.code <> ''
	and not exists (select from specialty p where p.code = c.code)
order by c.code
