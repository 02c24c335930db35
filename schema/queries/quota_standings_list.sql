-- A page of a consortium's verified enterprises and how they stand, the
-- greatest shortfall first, as records/quota_standing.h reads them.
-- $1 consortium, $2 day or null: today, $3 whether they are short, $4 industry
-- that they are of, $5 division that they lie in, $6 class of size, each or
-- null, $7 shortfall and $8 enterprise of the last one seen or null, $9 how
-- many, $10 whether they owe anybody, $11 whether they have more than they may,
-- each or null
select q.enterprise_id, e.name, e.uscc, e.industry_code, i.name,
	e.division_code, d.name, q.size_class, q.floor_rule, q.policy_version,
	q.floor_seats, q.cap_seats, q.present, q.started, q.committed,
	q.shortfall, greatest(q.cap_seats - q.present, 0),
	greatest(q.present - q.cap_seats, 0)
from (select s.*, greatest(s.floor_seats - s.present, 0) as shortfall
	from quota_standings($1::uuid, coalesce($2::date, today_in_china()))
		s) q
join enterprise e on e.consortium_id = $1::uuid and e.id = q.enterprise_id
join industry i on i.code = e.industry_code
join division d on d.code = e.division_code
where ($3::boolean is null or (q.shortfall > 0) = $3::boolean)
	and ($4::text is null or starts_with(i.full_code,
		(select f.full_code from industry f where f.code = $4)))
	and ($5::text is null or starts_with(e.division_code,
		regexp_replace($5, '(00){1,2}$', '')))
	and ($6::text is null or q.size_class = $6)
	and ($10::boolean is null or (q.floor_seats > 0) = $10::boolean)
	and ($11::boolean is null
		or (q.present > q.cap_seats) = $11::boolean)
	and ($7::bigint is null or q.shortfall < $7::bigint
		or (q.shortfall = $7::bigint and q.enterprise_id > $8::uuid))
order by q.shortfall desc, q.enterprise_id
limit $9::bigint
