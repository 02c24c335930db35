-- The counts that are put together stand in one row a cut with all that is
-- counted beside each other, so that a statistic of ten years is read in
-- milliseconds. graduate_count has the changes that are not in it yet.

create table graduate_sum (
	consortium_id uuid not null,
	-- what is less proven counts as `none`: 0..4 as in graduate_fact
	proof smallint not null,
	year smallint not null,
	school_id uuid not null,
	specialty_code text not null,
	month smallint not null,
	sex text not null,
	graduates integer not null default 0,
	n10 integer not null default 0,
	n11 integer not null default 0,
	n12 integer not null default 0,
	n27 integer not null default 0,
	n46 integer not null default 0,
	n50 integer not null default 0,
	n51 integer not null default 0,
	n70 integer not null default 0,
	n71 integer not null default 0,
	n72 integer not null default 0,
	n75 integer not null default 0,
	n76 integer not null default 0,
	n80 integer not null default 0,
	n85 integer not null default 0,
	nothing integer not null default 0,
	local integer not null default 0,
	province integer not null default 0,
	answered integer not null default 0,
	said_yes integer not null default 0,
	computable integer not null default 0,
	computed_yes integer not null default 0,
	by_declared integer not null default 0,
	by_employer integer not null default 0,
	by_document integer not null default 0,
	by_insurance integer not null default 0,
	primary key (consortium_id, proof, year, school_id, specialty_code,
		month, sex)
);

-- What a number of graduates who are alike add to each count.
create function graduate_measures(
	code text, evidence integer, place integer, said integer,
	computed integer, proof integer, n bigint
) returns table (
	graduates bigint, n10 bigint, n11 bigint, n12 bigint, n27 bigint,
	n46 bigint, n50 bigint, n51 bigint, n70 bigint, n71 bigint, n72 bigint,
	n75 bigint, n76 bigint, n80 bigint, n85 bigint, nothing bigint,
	local bigint, province bigint, answered bigint, said_yes bigint,
	computable bigint, computed_yes bigint, by_declared bigint,
	by_employer bigint, by_document bigint, by_insurance bigint
) language sql immutable parallel safe
begin atomic
	select n,
		case when evidence >= proof and code = '10'
		then n else 0 end,
		case when evidence >= proof and code = '11'
		then n else 0 end,
		case when evidence >= proof and code = '12'
		then n else 0 end,
		case when evidence >= proof and code = '27'
		then n else 0 end,
		case when evidence >= proof and code = '46'
		then n else 0 end,
		case when evidence >= proof and code = '50'
		then n else 0 end,
		case when evidence >= proof and code = '51'
		then n else 0 end,
		case when evidence >= proof and code = '70'
		then n else 0 end,
		case when evidence >= proof and code = '71'
		then n else 0 end,
		case when evidence >= proof and code = '72'
		then n else 0 end,
		case when evidence >= proof and code = '75'
		then n else 0 end,
		case when evidence >= proof and code = '76'
		then n else 0 end,
		case when evidence >= proof and code = '80'
		then n else 0 end,
		case when evidence >= proof and code = '85'
		then n else 0 end,
		case when evidence >= proof and code <> 'none'
		then 0 else n end,
		case when evidence >= proof and place = 3
		then n else 0 end,
		case when evidence >= proof and place >= 2
		then n else 0 end,
		case when evidence >= proof and said > 0
		then n else 0 end,
		case when evidence >= proof and said = 2
		then n else 0 end,
		case when evidence >= proof and computed > 0
		then n else 0 end,
		case when evidence >= proof and computed = 2
		then n else 0 end,
		case when evidence >= proof and evidence = 1
		and code not in ('70', '71', '72') then n else 0 end,
		case when evidence >= proof and evidence = 2
		and code not in ('70', '71', '72') then n else 0 end,
		case when evidence >= proof and evidence = 3
		and code not in ('70', '71', '72') then n else 0 end,
		case when evidence >= proof and evidence = 4
		and code not in ('70', '71', '72') then n else 0 end;
end;

drop function fold_graduate_counts(integer);
alter table graduate_count drop column is_folded;

-- Puts changes of counts together; how many it took.
create function fold_graduate_counts(p_most integer) returns bigint
language sql
begin atomic
	with taken as materialized (
		select x.ctid as at from graduate_count x limit p_most
		for update skip locked
	), gone as (
		delete from graduate_count c
		where c.ctid = any (array(select at from taken))
		returning c.*
	), sums as (
		select g.consortium_id, l.proof, g.year, g.school_id,
			g.specialty_code, g.month, g.sex,
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
		from gone g
		cross join generate_series(0, 4) as l (proof)
		cross join lateral graduate_measures(g.code, g.evidence,
			g.place, g.aligned_said, g.aligned_computed, l.proof,
			g.n) m
		group by 1, 2, 3, 4, 5, 6, 7
		order by 1, 2, 3, 4, 5, 6, 7
	), folded as (
		insert into graduate_sum as t
		select * from sums
		on conflict (consortium_id, proof, year, school_id,
			specialty_code, month, sex) do update set
			graduates = t.graduates + excluded.graduates,
			n10 = t.n10 + excluded.n10, n11 = t.n11 + excluded.n11,
			n12 = t.n12 + excluded.n12, n27 = t.n27 + excluded.n27,
			n46 = t.n46 + excluded.n46, n50 = t.n50 + excluded.n50,
			n51 = t.n51 + excluded.n51, n70 = t.n70 + excluded.n70,
			n71 = t.n71 + excluded.n71, n72 = t.n72 + excluded.n72,
			n75 = t.n75 + excluded.n75, n76 = t.n76 + excluded.n76,
			n80 = t.n80 + excluded.n80, n85 = t.n85 + excluded.n85,
			nothing = t.nothing + excluded.nothing,
			local = t.local + excluded.local,
			province = t.province + excluded.province,
			answered = t.answered + excluded.answered,
			said_yes = t.said_yes + excluded.said_yes,
			computable = t.computable + excluded.computable,
			computed_yes = t.computed_yes + excluded.computed_yes,
			by_declared = t.by_declared + excluded.by_declared,
			by_employer = t.by_employer + excluded.by_employer,
			by_document = t.by_document + excluded.by_document,
			by_insurance = t.by_insurance + excluded.by_insurance
		returning 1
	)
	select count(*) from gone;
end;

select fold_graduate_counts(2147483647);
