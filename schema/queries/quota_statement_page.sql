-- A statement as its page shows it, read from the document, if it is the one of
-- that digest. Rows: 'head', first and once: consortium, enterprise, code of
-- credit, from, to, counted until, issued at, id, digest; 'totals' and 'floor',
-- once each: the numbers of those members; then 'category', 'policy' and
-- 'intern', as many as there are. All members are in the document's order, a
-- null is none.
-- $1 consortium, $2 statement, $3 SHA-256 in hex
with said as (
	select s.content::json as d, $3 as digest
	from quota_statement s
	where s.consortium_id = $1::uuid and s.id = $2::uuid
		and sha256(convert_to(s.content, 'UTF8')) = decode($3, 'hex')
), part as (
	select 1 as place, 'head' as section, 0::bigint as n, array[
		d ->> 'consortium_name', d ->> 'enterprise_name', d ->> 'uscc',
		d ->> 'from', d ->> 'to', d ->> 'counted_until',
		d ->> 'issued_at', d ->> 'id', digest] as c
	from said
	union all
	select 2, 'totals', 0, array[t ->> 'placements', t ->> 'students',
		t ->> 'days', t ->> 'completed', t ->> 'ended_early',
		t ->> 'going_on']
	from (select d -> 'totals' as t from said) x
	union all
	select 3, 'floor', 0, array[t ->> 'days_known', t ->> 'days_met',
		t ->> 'owed', t ->> 'had']
	from (select d -> 'floor' as t from said) x
	union all
	select 4, 'category', e.n, array[e.t ->> 'post_category',
		e.t ->> 'placements', e.t ->> 'students', e.t ->> 'days']
	from said, json_array_elements(d -> 'post_categories')
		with ordinality as e (t, n)
	union all
	select 5, 'policy', e.n, array[e.t ->> 'policy_version',
		e.t ->> 'from', e.t ->> 'to', e.t ->> 'days',
		e.t ->> 'days_met', e.t ->> 'floor_least',
		e.t ->> 'floor_most', e.t ->> 'present_least',
		e.t ->> 'present_most']
	from said, json_array_elements(d -> 'floor' -> 'by_policy')
		with ordinality as e (t, n)
	union all
	select 6, 'intern', e.n, array[e.t ->> 'number', e.t ->> 'kind',
		e.t ->> 'post_category', e.t ->> 'started_on',
		e.t ->> 'ended_on', e.t ->> 'days', e.t ->> 'state']
	from said, json_array_elements(d -> 'interns')
		with ordinality as e (t, n)
)
select section, c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9]
from part
order by place, n
