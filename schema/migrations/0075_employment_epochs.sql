-- Epochs end by themselves, a worker's chore, so that a moment of the past is
-- counted from the sums before it and few changes.

create function close_graduate_epoch(
	p_consortium uuid, p_after timestamptz, p_until timestamptz
) returns void
language sql
begin atomic
	with alike as (
		select g.year, g.school_id, g.specialty_code, g.sex, g.month,
			g.code, g.evidence, g.place, g.aligned_said,
			g.aligned_computed, sum(g.n) as n
		from graduate_changes(p_consortium, p_after, p_until) g
		group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
		having sum(g.n) <> 0
	), delta as materialized (
		select case when grouping(a.school_id) = 0 then 'place'
				when grouping(a.sex) = 0 then 'sex'
				else 'month' end as cut,
			l.proof, a.year, coalesce(a.school_id,
				'00000000-0000-0000-0000-000000000000')
				as school_id,
			coalesce(a.specialty_code, '') as specialty_code,
			coalesce(a.sex, '') as sex,
			coalesce(a.month, 0) as month,
			sum(m.graduates) as graduates, sum(m.n10) as n10,
			sum(m.n11) as n11, sum(m.n12) as n12,
			sum(m.n27) as n27, sum(m.n46) as n46,
			sum(m.n50) as n50, sum(m.n51) as n51,
			sum(m.n70) as n70, sum(m.n71) as n71,
			sum(m.n72) as n72, sum(m.n75) as n75,
			sum(m.n76) as n76, sum(m.n80) as n80,
			sum(m.n85) as n85, sum(m.nothing) as nothing,
			sum(m.local) as local, sum(m.province) as province,
			sum(m.answered) as answered,
			sum(m.said_yes) as said_yes,
			sum(m.computable) as computable,
			sum(m.computed_yes) as computed_yes,
			sum(m.by_declared) as by_declared,
			sum(m.by_employer) as by_employer,
			sum(m.by_document) as by_document,
			sum(m.by_insurance) as by_insurance
		from alike a
		cross join generate_series(0, 4) as l (proof)
		cross join lateral graduate_measures(a.code, a.evidence,
			a.place, a.aligned_said, a.aligned_computed, l.proof,
			a.n) m
		group by l.proof, a.year, grouping sets (
			(a.school_id, a.specialty_code), (a.sex), (a.month))
		having (sum(m.graduates), sum(m.n10), sum(m.n11), sum(m.n12),
			sum(m.n27), sum(m.n46), sum(m.n50), sum(m.n51),
			sum(m.n70), sum(m.n71), sum(m.n72), sum(m.n75),
			sum(m.n76), sum(m.n80), sum(m.n85), sum(m.nothing),
			sum(m.local), sum(m.province), sum(m.answered),
			sum(m.said_yes), sum(m.computable),
			sum(m.computed_yes), sum(m.by_declared),
			sum(m.by_employer), sum(m.by_document),
			sum(m.by_insurance))
			is distinct from (
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			0, 0, 0, 0, 0, 0, 0, 0)
	), ended as (
		update graduate_past p set to_at = p_until
		from delta d
		where p.consortium_id = p_consortium and p.cut = d.cut
			and p.proof = d.proof and p.year = d.year
			and p.school_id = d.school_id
			and p.specialty_code = d.specialty_code
			and p.sex = d.sex and p.month = d.month
			and p.to_at = 'infinity'
		returning p.*
	), kept as (
		insert into graduate_past
		select p_consortium, d.cut, d.proof, d.year, d.school_id,
			d.specialty_code, d.sex, d.month,
			d.graduates + coalesce(e.graduates, 0),
			d.n10 + coalesce(e.n10, 0), d.n11 + coalesce(e.n11, 0),
			d.n12 + coalesce(e.n12, 0), d.n27 + coalesce(e.n27, 0),
			d.n46 + coalesce(e.n46, 0), d.n50 + coalesce(e.n50, 0),
			d.n51 + coalesce(e.n51, 0), d.n70 + coalesce(e.n70, 0),
			d.n71 + coalesce(e.n71, 0), d.n72 + coalesce(e.n72, 0),
			d.n75 + coalesce(e.n75, 0), d.n76 + coalesce(e.n76, 0),
			d.n80 + coalesce(e.n80, 0), d.n85 + coalesce(e.n85, 0),
			d.nothing + coalesce(e.nothing, 0),
			d.local + coalesce(e.local, 0),
			d.province + coalesce(e.province, 0),
			d.answered + coalesce(e.answered, 0),
			d.said_yes + coalesce(e.said_yes, 0),
			d.computable + coalesce(e.computable, 0),
			d.computed_yes + coalesce(e.computed_yes, 0),
			d.by_declared + coalesce(e.by_declared, 0),
			d.by_employer + coalesce(e.by_employer, 0),
			d.by_document + coalesce(e.by_document, 0),
			d.by_insurance + coalesce(e.by_insurance, 0),
			p_until, 'infinity'
		from delta d
		left join ended e on e.cut = d.cut and e.proof = d.proof
			and e.year = d.year and e.school_id = d.school_id
			and e.specialty_code = d.specialty_code
			and e.sex = d.sex and e.month = d.month
		where d.graduates + coalesce(e.graduates, 0) <> 0
		-- what is read together stands together
		order by 2, 3, 4, 5, 6
	)
	insert into graduate_epoch (consortium_id, until)
	values (p_consortium, p_until);
end;

-- The moment of the change that makes an epoch whole; null: too few are known.
create function graduate_epoch_due(
	p_consortium uuid, p_after timestamptz, p_until timestamptz,
	p_changes integer
) returns timestamptz
language sql stable
begin atomic
	select x.at from (
		(select f.from_at as at from graduate_fact f
		where f.consortium_id = p_consortium and f.from_at > p_after
			and f.from_at <= p_until
		order by f.from_at limit p_changes)
		union all
		(select f.to_at from graduate_fact f
		where f.consortium_id = p_consortium and f.to_at > p_after
			and f.to_at <= p_until and f.to_at <> 'infinity'
		order by f.to_at limit p_changes)
	) x
	order by x.at offset p_changes - 1 limit 1;
end;

-- One step towards the next epoch's end, of who holds w; is it made?
create function graduate_epoch_step(w graduate_fence, p_changes integer)
returns boolean
language plpgsql as $$
declare
	after timestamptz := coalesce((select max(e.until)
		from graduate_epoch e
		where e.consortium_id = w.consortium_id), '-infinity');
	due timestamptz := graduate_epoch_due(w.consortium_id, after,
		w.safe_at, p_changes);
	seen pg_snapshot := pg_current_snapshot();
begin
	if due is not null then
		perform close_graduate_epoch(w.consortium_id, after, due);
		return true;
	end if;
	if w.fence <= pg_snapshot_xmin(seen) then
		update graduate_fence x set safe_at = x.asked_at,
			asked_at = greatest(x.asked_at, now()), fence = null
		where x.consortium_id = w.consortium_id;
	elsif w.fence is null or w.fence > pg_snapshot_xmax(seen) then
		-- a number beyond the next one is of another cluster
		update graduate_fence x set fence = pg_snapshot_xmax(seen)
		where x.consortium_id = w.consortium_id;
	end if;
	return false;
end;
$$;

-- Ends epochs of so many changes, at most one a consortium; p_most: there may
-- be more to do at once.
create function end_graduate_epochs(p_most integer, p_changes integer)
returns bigint
language plpgsql as $$
declare
	c record;
	w graduate_fence;
	ended bigint := 0;
begin
	for c in select x.id, coalesce((select max(e.until)
				from graduate_epoch e
				where e.consortium_id = x.id), '-infinity')
				as after
			from consortium x order by x.id loop
		continue when graduate_epoch_due(c.id, c.after, 'infinity',
			p_changes) is null;
		insert into graduate_fence (consortium_id, asked_at)
		values (c.id, now()) on conflict do nothing;
		continue when found;
		select * into w from graduate_fence x
		where x.consortium_id = c.id for update skip locked;
		if found and graduate_epoch_step(w, p_changes) then
			ended := p_most;
		end if;
	end loop;
	return ended;
end;
$$;

-- As it was, but that what is stamped is later than what an epoch may end at.
create or replace function graduate_follow(p_consortium uuid, p_student uuid)
returns void
language plpgsql as $$
declare
	was graduate_fact;
	is_now graduate_fact;
	moment timestamptz := destination_moment(p_consortium, false);
begin
	select * into was from graduate_fact f
	where f.consortium_id = p_consortium and f.student_id = p_student
		and f.to_at = 'infinity';
	select * into is_now from graduate_facts(p_consortium, p_student);
	is_now.from_at := was.from_at;
	if is_now is not distinct from was then
		return;
	end if;
	moment := greatest(moment, was.from_at + interval '1 microsecond',
		(select w.asked_at + interval '1 microsecond'
			from graduate_fence w
			where w.consortium_id = p_consortium));
	if was.student_id is not null then
		update graduate_fact f set to_at = moment
		where f.consortium_id = p_consortium
			and f.student_id = p_student and f.to_at = 'infinity';
		perform graduate_counted(was, -1);
	end if;
	if is_now.student_id is not null then
		is_now.from_at := moment;
		insert into graduate_fact select (is_now).*;
		perform graduate_counted(is_now, 1);
	end if;
end;
$$;
