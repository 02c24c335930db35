-- Postings.
--
-- This is the table that is written most, so it is built for it. PostgreSQL
-- reads and plans every CHECK of a table anew for each statement: the forty
-- that this table needs cost more than the insert. So one trigger,
-- posting_checked, holds them, and refuses as a CHECK does: SQLSTATE 23514
-- and the name of the constraint. Those that bind only from publication on
-- (a draft may be half done) run only then. Names posting_rule_N_M are rule
-- N.M of the internship regulation.

create table posting (
	consortium_id uuid not null,
	id uuid not null,
	enterprise_id uuid not null,
	post_category_id uuid,
	-- internship, job, apprenticeship, order_class
	kind text not null,
	title text not null,
	description text not null default '',
	openings integer not null,
	-- specialties (6 digits), classes (4), categories (2): specialty_node
	targets text[] not null default '{}',
	occupation_code text references occupation,
	division_code text not null references division,
	address text,
	-- each month
	pay_min_fen integer,
	pay_max_fen integer,
	-- what the enterprise pays its own staff on such a post (rule 1.19)
	pay_standard_fen integer,
	period_start date,
	period_end date,
	-- secondary, associate, bachelor; null: no matter
	min_education text,
	required_skills text[] not null default '{}',
	preferred_skills text[] not null default '{}',
	required_certificates text[] not null default '{}',
	preferred_certificates text[] not null default '{}',
	min_age smallint,
	-- the longest working day and week
	day_minutes smallint,
	week_minutes smallint,
	-- GB/T 3869, I to IV
	labour_grade smallint,
	-- the words of matcher/conditions.def
	conditions text[] not null default '{}',
	-- where the exception of rules 1.11 and 1.12 was filed
	exception_filing text,
	-- the enterprise's own name for it
	ref_system text,
	ref text,
	-- draft, published, closed, expired
	state text not null default 'draft',
	published_at timestamptz,
	closes_at timestamptz,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	reason text,
	primary key (consortium_id, id),
	foreign key (consortium_id, enterprise_id) references enterprise,
	foreign key (consortium_id, enterprise_id, post_category_id)
		references post_category (consortium_id, enterprise_id, id)
);

-- lists: all open ones, newest first; those for a specialty; an enterprise's
create index posting_open on posting
	(consortium_id, published_at desc, id) where state = 'published';
create index posting_open_by_target on posting
	using gin (targets) where state = 'published';
create index posting_by_enterprise on posting
	(consortium_id, enterprise_id, id);
create index posting_by_category on posting
	(consortium_id, post_category_id) where post_category_id is not null;
create index posting_to_expire on posting
	(closes_at) where state = 'published';
create unique index posting_by_ref on posting
	(consortium_id, enterprise_id, ref_system, ref) where ref is not null;

-- What holds of it besides once it is no draft any more.
create function posting_public_flaw(p posting) returns text
language plpgsql immutable as $$
begin
	if p.published_at is null then
		return 'posting_published_is_dated';
	elsif p.closes_at is null then -- rule 6.1: a validity period
		return 'posting_published_ends';
	elsif p.closes_at <= p.published_at then
		return 'posting_closes_after_publication';
	elsif coalesce(p.day_minutes, 480) > 480
			or coalesce(p.week_minutes, 2400) > 2640 then
		return 'posting_rule_1_13';
	elsif p.kind <> 'internship' then
		return null;
	end if;
	return case
	when p.period_start is null then 'posting_internship_has_period'
	when p.pay_min_fen is null then 'posting_internship_has_pay'
	when p.targets = '{}' then 'posting_internship_has_target'
	when 'entertainment' = any (p.conditions) then 'posting_rule_1_8'
	when 'intermediary' = any (p.conditions) then 'posting_rule_1_9'
	when p.labour_grade >= 3 then 'posting_rule_1_10'
	when p.conditions && array['height', 'underground', 'radiation',
		'toxic', 'explosive', 'high_risk']
		and 'filed' <> all (p.conditions) then 'posting_rule_1_11'
	when p.conditions && array['night_shift', 'rest_days', 'overtime']
		and 'filed' <> all (p.conditions) then 'posting_rule_1_12'
	when p.pay_min_fen < p.pay_standard_fen::bigint * 80 / 100
		then 'posting_rule_1_19'
	end;
end;
$$;

-- BEFORE INSERT OR UPDATE. In two parts, because each costs anew for each
-- transaction, and few postings have what the second looks at. (A function
-- that took the row as its argument would cost as much again.)
create function posting_checked() returns trigger
language plpgsql as $$
declare
	words text[] := new.required_skills || new.preferred_skills
		|| new.required_certificates || new.preferred_certificates;
	flaw text;
begin
	flaw := case
	when new.kind not in ('internship', 'job', 'apprenticeship',
		'order_class') then 'posting_kind_is_known'
	when char_length(new.title) not between 1 and 100
		or btrim(new.title) <> new.title then 'posting_title_is_sane'
	when char_length(new.description) > 20000
		then 'posting_description_is_sane'
	when new.openings not between 1 and 10000
		then 'posting_openings_are_sane'
	when char_length(new.division_code) <> 6
		then 'posting_division_has_6_digits'
	when (new.pay_min_fen is null) <> (new.pay_max_fen is null)
		then 'posting_pay_is_whole'
	when new.pay_min_fen < 0 or new.pay_max_fen > 100000000
		then 'posting_pay_is_sane'
	when new.pay_min_fen > new.pay_max_fen then 'posting_pay_in_order'
	when (new.period_start is null) <> (new.period_end is null)
		then 'posting_period_is_whole'
	when new.period_start >= new.period_end
		then 'posting_period_in_order'
	when not words_are_sane(words, 60) then 'posting_words_are_sane'
	when cardinality(new.targets) > 20 then 'posting_targets_are_sane'
	when new.actor is not null then 'posting_actor_is_emptied'
	when cardinality(new.conditions) + num_nonnulls(new.min_education,
		new.address, new.pay_standard_fen, new.min_age,
		new.day_minutes, new.week_minutes, new.labour_grade,
		new.exception_filing, new.ref_system, new.ref) > 0
		then 'more'
	end;
	if flaw = 'more' then
		flaw := case
		when new.min_education not in ('secondary', 'associate',
			'bachelor') then 'posting_education_is_known'
		when char_length(new.address) not between 1 and 200
			then 'posting_address_is_sane'
		when new.pay_standard_fen not between 1 and 100000000
			then 'posting_pay_is_sane'
		when new.min_age not between 16 and 65
			then 'posting_age_is_sane'
		when new.day_minutes not between 1 and 1440
			or new.week_minutes not between 1 and 10080
			then 'posting_hours_are_sane'
		when new.labour_grade not between 1 and 4
			then 'posting_labour_grade_is_known'
		when not new.conditions <@ array['height', 'underground',
			'radiation', 'toxic', 'explosive', 'high_risk',
			'minor_barred', 'female_barred', 'heavy_lifting',
			'entertainment', 'night_shift', 'rest_days',
			'overtime', 'intermediary', 'filed']
			then 'posting_conditions_are_known'
		when ('filed' = any (new.conditions))
				<> (new.exception_filing is not null)
			or char_length(new.exception_filing)
				not between 1 and 200
			then 'posting_filed_says_where'
		when (new.ref_system is null) <> (new.ref is null)
			or char_length(new.ref_system) not between 1 and 64
			or char_length(new.ref) not between 1 and 128
			then 'posting_ref_is_whole'
		end;
	end if;
	if flaw is null and new.state <> 'draft' then
		if tg_op = 'INSERT' then
			raise exception 'a new posting cannot be %', new.state
				using errcode = 'DK001',
					detail = 'new -> ' || new.state;
		end if;
		flaw := posting_public_flaw(new);
	end if;
	if flaw is not null then
		raise exception 'a posting breaks %', flaw
			using errcode = '23514', constraint = flaw,
				table = 'posting';
	end if;
	if new.state <> 'draft' and cardinality(new.targets) <> (
			select count(*) from specialty_node n
			where n.code = any (new.targets)) then
		raise exception 'a target is unknown, or named twice'
			using errcode = '23503', table = 'posting',
				constraint = 'posting_targets_fkey';
	end if;
	return new;
end;
$$;

-- Publication asks for a verified enterprise (rule 6.3), locked against
-- being suspended meanwhile; and dates the posting, unless the statement did.
create function posting_published() returns trigger
language plpgsql as $$
begin
	perform 1 from enterprise e
	where e.consortium_id = new.consortium_id and e.id = new.enterprise_id
		and e.state = 'verified' for share;
	if not found then
		raise exception 'the enterprise is not verified'
			using errcode = 'DK005',
				constraint = 'posting_enterprise_is_verified';
	end if;
	if new.published_at is not distinct from old.published_at then
		new.published_at := now();
	end if;
	return new;
end;
$$;

-- BEFORE triggers go by name: a_keep empties the envelope and b_publish
-- dates before the whole is weighed.
create trigger a_keep before update on posting
	for each row execute function machine_kept('posting', 'draft');
create trigger b_publish before update on posting
	for each row
	when (new.state = 'published' and old.state <> 'published')
	execute function posting_published();
create trigger c_check before insert or update on posting
	for each row execute function posting_checked();
create trigger created after insert on posting
	for each row execute function row_created('posting', 'quiet');
create trigger deleted after delete on posting
	for each row execute function row_deleted('posting');
