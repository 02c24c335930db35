-- What a posting is held against, as records/duplicate.h reads it: the drafts
-- and open ones of the same enterprise and kind, the latest first; then open
-- ones of others with the same text.
-- $1 consortium, $2 posting, $3 how many of the enterprise's own
with one as (
	select id, enterprise_id, kind, description
	from posting
	where consortium_id = $1::uuid and id = $2::uuid
), own as (
	select p.id, true as is_own
	from one
	join posting p on p.consortium_id = $1::uuid
		and p.enterprise_id = one.enterprise_id
		and p.kind = one.kind and p.id <> one.id
	where p.state in ('draft', 'published')
	order by p.id desc
	limit $3::bigint
), others as (
	select p.id, false as is_own
	from one
	join posting p on p.consortium_id = $1::uuid
		and posting_text_key(p.description)
			= posting_text_key(one.description)
		and p.enterprise_id <> one.enterprise_id
	where p.state = 'published' and char_length(p.description) >= 40
		and char_length(one.description) >= 40
	order by p.published_at, p.id
	limit 50
)
select p.id, p.enterprise_id, e.name, p.kind, p.title, p.state,
	p.published_at, p.openings, p.targets, p.division_code, p.address,
	p.pay_min_fen, p.pay_max_fen, p.period_start, p.period_end,
	p.description, f.is_own
from (select * from own union all select * from others) f
join posting p on p.consortium_id = $1::uuid and p.id = f.id
join enterprise e on e.consortium_id = p.consortium_id
	and e.id = p.enterprise_id
order by not f.is_own, p.id desc
