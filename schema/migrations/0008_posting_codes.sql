-- Is there all that a posting names? Asked by each statement that writes one.
-- A function, whose plans are made once: written out in the statement, the
-- same questions cost a new plan with every insert, and more than the insert.
create function posting_names_are_known(
	consortium uuid, enterprise uuid, targets text[], occupation text,
	division text, category uuid
) returns boolean
language plpgsql stable as $$
declare
	target text;
begin
	foreach target in array targets loop
		if not exists (select from specialty_node n
				where n.code = target) then
			return false;
		end if;
	end loop;
	if occupation is not null and not exists (select from occupation o
			where o.code = $4) then
		return false;
	end if;
	if category is not null and not exists (select from post_category c
			where c.consortium_id = $1 and c.enterprise_id = $2
				and c.id = $6) then
		return false;
	end if;
	return exists (select from division d where d.code = $5);
end;
$$;
