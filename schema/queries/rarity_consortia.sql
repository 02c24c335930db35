-- The consortia without an edition of the last time: their ids.
-- $1 seconds
select c.id
from consortium c
where not c.is_service and not exists (select from rarity_edition r
	where r.consortium_id = c.id
		and r.made_at > now() - $1::integer * interval '1 second')
order by c.id
