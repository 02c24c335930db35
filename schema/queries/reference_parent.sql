-- One row if the list has entries under that code.
-- $1 list: specialty, occupation, industry, division; $2 code
select 1
where case $1::text
	when 'specialty' then exists (select from specialty_node n
		where n.parent_code = $2)
	when 'occupation' then exists (select from occupation o
		where $2 in (o.major_code, o.middle_code, o.small_code))
	when 'industry' then exists (select from industry i
		where i.parent_code = $2)
	when 'division' then exists (select from division d
		where d.parent_code = $2)
end
