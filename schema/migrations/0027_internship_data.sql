-- What is kept of a student's internships, for himself: it goes out with the
-- rest of his data (Personal Information Protection Law 45).

create function student_internships(p_consortium uuid, p_student uuid)
returns jsonb
language sql stable
begin atomic
	select jsonb_build_object(
		'agreements', (select coalesce(jsonb_agg(jsonb_build_object(
				'placement_id', e.placement_id,
				'edition', e.edition, 'terms', e.terms,
				'sha256', encode(e.sha256, 'hex'),
				'created_at', e.created_at,
				'signatures', (select coalesce(jsonb_agg(
						to_jsonb(g) - 'consortium_id'
						order by g.created_at,
							g.party), '[]')
					from agreement_signature g
					where g.consortium_id
							= e.consortium_id
						and g.placement_id
							= e.placement_id
						and g.edition = e.edition))
				order by e.placement_id, e.edition), '[]')
			from agreement_edition e
			join placement p on p.consortium_id = e.consortium_id
				and p.id = e.placement_id
			where p.consortium_id = p_consortium
				and p.student_id = p_student),
		'logs', (select coalesce(jsonb_agg(to_jsonb(l)
				- array['consortium_id', 'actor']
				order by l.placement_id, l.week), '[]')
			from internship_log l
			join placement p on p.consortium_id = l.consortium_id
				and p.id = l.placement_id
			where p.consortium_id = p_consortium
				and p.student_id = p_student),
		'evaluations', (select coalesce(jsonb_agg(to_jsonb(v)
				- 'consortium_id' order by v.id), '[]')
			from evaluation v
			join placement p on p.consortium_id = v.consortium_id
				and p.id = v.placement_id
			where p.consortium_id = p_consortium
				and p.student_id = p_student));
end;
