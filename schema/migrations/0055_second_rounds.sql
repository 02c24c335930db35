-- A round for those whom the one before gave no place, of the seats that it
-- left.

-- Of the same days; and one at a time, so that nobody counts seats twice.
alter table round
	add column follows uuid,
	add constraint round_follows_another foreign key
		(consortium_id, follows) references round;
create unique index round_followed_once on round (consortium_id, follows)
	where state <> 'cancelled';

create function round_may_follow() returns trigger
language plpgsql as $$
declare
	before round;
begin
	select * into before from round r
	where r.consortium_id = new.consortium_id and r.id = new.follows
		and r.published_run_id is not null;
	if not found then
		raise exception 'the round before is not published'
			using errcode = 'DK005',
				constraint = 'round_follows_published';
	end if;
	if (before.period_start, before.period_end)
			<> (new.period_start, new.period_end) then
		raise exception 'a round that follows has the same days'
			using errcode = 'DK005',
				constraint = 'round_follows_same_days';
	end if;
	return new;
end;
$$;

create trigger follows before insert or update on round
	for each row when (new.follows is not null and new.state = 'draft')
	execute function round_may_follow();

create trigger follows_stays before update on round
	for each row when (old.state <> 'draft'
		and old.follows is distinct from new.follows)
	execute function round_frozen();

-- The rounds that a round comes after, the nearest first.
create function rounds_before(consortium uuid, round_id uuid)
returns table (id uuid)
language sql stable
begin atomic
	with recursive before (id, nearness) as (
		select r.follows, 1 from round r
		where r.consortium_id = consortium
			and r.id = rounds_before.round_id
			and r.follows is not null
		union all
		select r.follows, b.nearness + 1
		from before b
		join round r on r.consortium_id = consortium and r.id = b.id
		where r.follows is not null
	)
	select b.id from before b order by b.nearness;
end;

-- Who took part in the round before and has no place of it, nor of one before
-- that: what was offered and is neither declined, lapsed nor ended stands.
-- Everybody, where the round follows none.
create function takes_part(consortium uuid, round_id uuid, student uuid)
returns boolean
language sql stable
begin atomic
	select coalesce((
		select (exists (select from wish_list l
				where l.consortium_id = consortium
					and l.round_id = f.id
					and l.student_id = student)
			or exists (select from run_proposal o
				where o.consortium_id = consortium
					and o.run_id = f.published_run_id
					and o.student_id = student))
			and not exists (select from placement t
				where t.consortium_id = consortium
					and t.student_id = student
					and t.round_id in (select b.id
						from rounds_before(consortium,
							takes_part.round_id) b)
					and t.state not in ('declined',
						'lapsed', 'terminated'))
		from round r
		join round f on f.consortium_id = r.consortium_id
			and f.id = r.follows
		where r.consortium_id = consortium
			and r.id = takes_part.round_id), true);
end;

-- All of them, of a round that follows another; of others nobody.
create function round_students(consortium uuid, round_id uuid)
returns table (student_id uuid)
language sql stable
begin atomic
	select c.student_id
	from (
		select l.student_id
		from round r
		join wish_list l on l.consortium_id = r.consortium_id
			and l.round_id = r.follows
		where r.consortium_id = consortium
			and r.id = round_students.round_id
		union
		select o.student_id
		from round r
		join round f on f.consortium_id = r.consortium_id
			and f.id = r.follows
		join run_proposal o on o.consortium_id = f.consortium_id
			and o.run_id = f.published_run_id
		where r.consortium_id = consortium
			and r.id = round_students.round_id
	) as c
	except
	select t.student_id
	from placement t
	where t.consortium_id = consortium
		and t.round_id in (select b.id
			from rounds_before(consortium, round_students.round_id)
				b)
		and t.state not in ('declined', 'lapsed', 'terminated');
end;
