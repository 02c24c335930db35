-- What is kept of a student's part in rounds beside the wishes: that a list was
-- put and certified, and when; and what he was reminded of.
create function student_rounds(consortium uuid, student uuid) returns jsonb
language sql stable
begin atomic
	select jsonb_build_object(
		'wish_lists', (select coalesce(jsonb_agg(jsonb_build_object(
				'round_id', l.round_id, 'version', l.version,
				'updated_at', l.updated_at,
				'certified_at', l.certified_at)
				order by l.round_id), '[]')
			from wish_list l
			where l.consortium_id = consortium
				and l.student_id = student),
		'round_reminders', (select coalesce(jsonb_agg(
				jsonb_build_object('round_id', m.round_id,
					'kind', m.kind,
					'created_at', m.created_at)
				order by m.created_at, m.id), '[]')
			from round_reminder m
			where m.consortium_id = consortium
				and m.student_id = student));
end;
