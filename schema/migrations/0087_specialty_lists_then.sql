-- What stood of a specialty, of all schools or of one, in the last edition that
-- was published before this one and had it; of one that is not published:
-- before now.
create function specialty_outcome_before(
	p_consortium uuid, p_list uuid, p_specialty text, p_school uuid
) returns text
language sql stable
return (select coalesce(x.decided_outcome, x.outcome)
	from specialty_list l
	join specialty_list o on o.consortium_id = l.consortium_id
		and o.state = 'published' and o.id <> l.id
		and o.published_at < coalesce(l.published_at, 'infinity')
	join specialty_entry x on x.consortium_id = o.consortium_id
		and x.list_id = o.id and x.specialty_code = p_specialty
		and x.school_id is not distinct from p_school
	where l.consortium_id = p_consortium and l.id = p_list
	order by o.published_at desc limit 1);

-- The edition that stood right before a moment; null: none was published.
create function specialty_list_at(p_consortium uuid, p_moment timestamptz)
returns uuid
language sql stable
return (select l.id from specialty_list l
	where l.consortium_id = p_consortium and l.state = 'published'
		and l.published_at < p_moment
	order by l.published_at desc, l.id desc limit 1);

-- As 0001 has it; null is none of its cases, so that it need not be strict,
-- and one that is not is put into the statement.
create or replace function specialty_level(code text) returns text
language sql immutable parallel safe
return case
	when code ~ '^(6[1-9]|7[0-9])' then 'secondary'
	when code ~ '^(4[1-9]|5[0-9])' then 'associate'
	when code ~ '^(2[1-9]|3[0-9])' then 'bachelor'
end;
