-- An account in words: login, display name, kind and name of its owner, slug
-- and name of its consortium.
-- $1 consortium, $2 account
select a.login, a.display_name, a.owner_kind,
	coalesce(st.name, e.name, sc.name, c.name), c.slug, c.name
from account a
join consortium c on c.id = a.consortium_id
left join student st
	on st.consortium_id = a.consortium_id and st.id = a.student_id
left join enterprise e
	on e.consortium_id = a.consortium_id and e.id = a.enterprise_id
left join school sc
	on sc.consortium_id = a.consortium_id and sc.id = a.school_id
where a.consortium_id = $1::uuid and a.id = $2::uuid
