-- Postings that come in the words of others: schema.org's JobPosting, handed
-- in or fetched from an enterprise's feed.

create function take_job_posting(
	p_consortium uuid, p_enterprise uuid, p_actor uuid, p_new posting,
	p_is_publishable boolean, out posting_id uuid, out outcome text,
	out trouble text
)
language plpgsql as $$
declare
	n posting := p_new;
	old posting;
begin
	select * into old from posting p
	where p.consortium_id = p_consortium and p.enterprise_id = p_enterprise
		and ((p.ref_system = n.ref_system and p.ref = n.ref)
			or (n.ref_system = 'duikou' and p.id::text = n.ref))
	order by p.ref is null
	limit 1
	for no key update;
	if not found then
		n.consortium_id := p_consortium;
		n.enterprise_id := p_enterprise;
		insert into posting (consortium_id, id, enterprise_id,
			created_by, kind, title, openings, targets,
			occupation_code, division_code, address, pay_min_fen,
			pay_max_fen, pay_standard_fen, period_start,
			period_end, min_education, required_skills,
			preferred_skills, required_certificates,
			preferred_certificates, min_age, day_minutes,
			week_minutes, labour_grade, conditions,
			exception_filing, ref_system, ref, description)
		values (p_consortium, n.id, p_enterprise, p_actor, n.kind,
			n.title, n.openings, n.targets, n.occupation_code,
			n.division_code, n.address, n.pay_min_fen,
			n.pay_max_fen, n.pay_standard_fen, n.period_start,
			n.period_end, n.min_education, n.required_skills,
			n.preferred_skills, n.required_certificates,
			n.preferred_certificates, n.min_age, n.day_minutes,
			n.week_minutes, n.labour_grade, n.conditions,
			n.exception_filing, n.ref_system, n.ref,
			n.description);
		posting_id := n.id;
		outcome := 'created';
		return;
	end if;
	posting_id := old.id;
	if (n.kind, n.title, n.openings, n.targets, n.occupation_code,
		n.division_code, n.address, n.pay_min_fen, n.pay_max_fen,
		n.pay_standard_fen, n.period_start, n.period_end,
		n.min_education, n.required_skills, n.preferred_skills,
		n.required_certificates, n.preferred_certificates, n.min_age,
		n.day_minutes, n.week_minutes, n.labour_grade, n.conditions,
		n.exception_filing, n.description)
		is not distinct from (old.kind, old.title, old.openings,
		old.targets, old.occupation_code, old.division_code,
		old.address, old.pay_min_fen, old.pay_max_fen,
		old.pay_standard_fen, old.period_start, old.period_end,
		old.min_education, old.required_skills, old.preferred_skills,
		old.required_certificates, old.preferred_certificates,
		old.min_age, old.day_minutes, old.week_minutes,
		old.labour_grade, old.conditions, old.exception_filing,
		old.description) then
		outcome := 'unchanged';
		return;
	end if;
	if old.state <> 'draft' and not p_is_publishable then
		outcome := 'refused';
		trouble := 'not_publishable';
		return;
	end if;
	-- its post category and its name are not in a JobPosting
	update posting p set kind = n.kind, title = n.title,
		openings = n.openings, targets = n.targets,
		occupation_code = n.occupation_code,
		division_code = n.division_code, address = n.address,
		pay_min_fen = n.pay_min_fen, pay_max_fen = n.pay_max_fen,
		pay_standard_fen = n.pay_standard_fen,
		period_start = n.period_start, period_end = n.period_end,
		min_education = n.min_education,
		required_skills = n.required_skills,
		preferred_skills = n.preferred_skills,
		required_certificates = n.required_certificates,
		preferred_certificates = n.preferred_certificates,
		min_age = n.min_age, day_minutes = n.day_minutes,
		week_minutes = n.week_minutes, labour_grade = n.labour_grade,
		conditions = n.conditions,
		exception_filing = n.exception_filing,
		description = n.description, actor = p_actor
	where p.consortium_id = p_consortium and p.id = old.id;
	outcome := 'replaced';
end;
$$;

-- Each for itself: what one breaks is told as its trouble, and the others
-- stand. In the order of their names, so that two at once do not wait for
-- each other in a circle.
create function take_job_postings(
	p_consortium uuid, p_enterprise uuid, p_actor uuid, p_items json
) returns table (place integer, posting_id uuid, outcome text, trouble text,
	state text, is_publishable boolean, valid_through timestamptz)
language plpgsql as $$
declare
	item json;
	n posting;
	taken record;
begin
	for item in
		select i.value from json_array_elements(p_items) i
		order by i.value #>> '{posting,ref_system}',
			i.value #>> '{posting,ref}',
			(i.value ->> 'place')::integer
	loop
		place := (item ->> 'place')::integer;
		is_publishable := (item ->> 'is_publishable')::boolean;
		valid_through := (item ->> 'valid_through')::timestamptz;
		n := json_populate_record(null::posting, item -> 'posting');
		posting_id := null;
		outcome := 'refused';
		trouble := null;
		if item ->> 'tax_id' is distinct from (
				select e.uscc from enterprise e
				where e.consortium_id = p_consortium
					and e.id = p_enterprise)
				and item ->> 'tax_id' is not null then
			trouble := 'another_employer';
		elsif not exists (select from division d
				where d.code = n.division_code) then
			trouble := 'division_code';
		elsif n.occupation_code is not null
				and not exists (select from occupation o
					where o.code = n.occupation_code) then
			trouble := 'occupation_code';
		elsif not posting_names_are_known(p_consortium, p_enterprise,
				n.targets, n.occupation_code, n.division_code,
				null) then
			trouble := 'targets';
		else
			begin
				select * into taken from take_job_posting(
					p_consortium, p_enterprise, p_actor, n,
					is_publishable);
				posting_id := taken.posting_id;
				outcome := taken.outcome;
				trouble := taken.trouble;
			exception when check_violation or foreign_key_violation
					or unique_violation then
				get stacked diagnostics
					trouble = constraint_name;
			end;
		end if;
		state := (select p.state from posting p
			where p.consortium_id = p_consortium
				and p.id = posting_id);
		return next;
	end loop;
end;
$$;

-- ---- feeds ----

-- Where an enterprise's system lists its postings. id is the enterprise's.
create table posting_feed (
	consortium_id uuid not null,
	id uuid not null,
	url text not null check (char_length(url) between 9 and 2000),
	interval_minutes integer not null default 360
		check (interval_minutes between 15 and 10080),
	-- does what the rules allow become public without anybody's doing
	publishes boolean not null default false,
	-- how long, where a posting does not say
	open_days integer not null default 30
		check (open_days between 1 and 180),
	is_paused boolean not null default false,
	-- the account that set it last; what the feed does is in its name
	put_by uuid not null,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	updated_at timestamptz not null default now(),
	actor uuid,
	primary key (consortium_id, id),
	constraint posting_feed_enterprise_fkey
		foreign key (consortium_id, id) references enterprise,
	constraint posting_feed_actor_is_emptied check (actor is null)
);
create trigger created after insert on posting_feed
	for each row execute function row_created('posting_feed', 'wake');
create trigger keep before update on posting_feed
	for each row execute function row_kept('posting_feed');
create trigger deleted after delete on posting_feed
	for each row execute function row_deleted('posting_feed');

-- How a feed stands: the workers' own, written with every fetch.
create table posting_feed_turn (
	consortium_id uuid not null,
	id uuid not null,
	due_at timestamptz not null default now(),
	-- one after the other, until one succeeds
	failures integer not null default 0
		constraint posting_feed_turn_failures_check
		check (failures >= 0),
	-- of the document that was taken last
	etag text,
	last_modified text,
	worker text,
	attempt integer not null default 0,
	taken_at timestamptz,
	lease_until timestamptz,
	primary key (consortium_id, id),
	foreign key (consortium_id, id) references posting_feed
		on delete cascade
);
create index posting_feed_turn_due on posting_feed_turn (due_at);

create table posting_feed_fetch (
	consortium_id uuid not null,
	id uuid not null,
	feed_id uuid not null,
	started_at timestamptz not null,
	ended_at timestamptz not null default now(),
	outcome text not null check (outcome in ('taken', 'not_modified',
		'failed')),
	-- of the answer; null: there was none
	status integer,
	bytes bigint not null check (bytes >= 0),
	-- why it failed: a word of wire/fetch_flaws.def, or of the document
	problem text,
	detail_en text,
	detail_zh text,
	-- what became of each, in each language
	report_en json,
	report_zh json,
	primary key (consortium_id, id),
	foreign key (consortium_id, feed_id) references posting_feed
		on delete cascade,
	constraint posting_feed_fetch_failed_says_why
		check ((outcome = 'failed') = (problem is not null)),
	constraint posting_feed_fetch_taken_is_told
		check ((outcome = 'taken') = (report_en is not null))
);
create index posting_feed_fetch_by_feed on posting_feed_fetch
	(consortium_id, feed_id, id);

-- Which postings a feed lists, or listed and has closed.
create table posting_feed_item (
	consortium_id uuid not null,
	feed_id uuid not null,
	posting_id uuid not null,
	seen_in uuid not null,
	is_closed boolean not null default false,
	primary key (consortium_id, feed_id, posting_id),
	foreign key (consortium_id, feed_id) references posting_feed
		on delete cascade,
	foreign key (consortium_id, posting_id) references posting
		on delete cascade
);

-- Sets an enterprise's feed; it is fetched at once. Another address is read
-- from the start; what the old one listed is its still.
create function put_posting_feed(
	p_consortium uuid, p_enterprise uuid, p_actor uuid, p_url text,
	p_interval integer, p_publishes boolean, p_open_days integer,
	p_is_paused boolean
) returns void
language plpgsql as $$
begin
	insert into posting_feed (consortium_id, id, url, interval_minutes,
		publishes, open_days, is_paused, put_by, created_by)
	values (p_consortium, p_enterprise, p_url, p_interval, p_publishes,
		p_open_days, p_is_paused, p_actor, p_actor)
	on conflict (consortium_id, id) do update set url = p_url,
		interval_minutes = p_interval, publishes = p_publishes,
		open_days = p_open_days, is_paused = p_is_paused,
		put_by = p_actor, actor = p_actor;
	insert into posting_feed_turn (consortium_id, id)
	values (p_consortium, p_enterprise)
	on conflict (consortium_id, id) do update set due_at = now(),
		failures = 0, etag = null, last_modified = null;
end;
$$;

-- Makes a feed's posting public, or longer so, as far as the rules allow, or
-- closes it where the feed says that it is over: why it is not public, or null.
create function publish_of_feed(
	p_posting posting, p_actor uuid, p_until timestamptz,
	p_was_closed boolean
) returns text
language plpgsql as $$
declare
	broken text;
begin
	if p_until <= now() then
		update posting p set state = 'closed', actor = p_actor,
			reason = 'no longer valid by the feed'
		where p.consortium_id = p_posting.consortium_id
			and p.id = p_posting.id and p.state = 'published';
		return 'posting_closes_after_publication';
	elsif p_posting.state = 'published'
			and p_posting.closes_at is distinct from p_until then
		update posting p set closes_at = p_until, actor = p_actor
		where p.consortium_id = p_posting.consortium_id
			and p.id = p_posting.id;
	elsif p_posting.state in ('draft', 'expired')
			or (p_posting.state = 'closed' and p_was_closed) then
		update posting p set state = 'published', closes_at = p_until,
			actor = p_actor
		where p.consortium_id = p_posting.consortium_id
			and p.id = p_posting.id;
	end if;
	return null;
exception when check_violation or sqlstate 'DK005' then
	get stacked diagnostics broken = constraint_name;
	return broken;
end;
$$;

-- What a feed's document says, done: postings created, replaced and (where
-- the feed is set so) published; those that it lists no longer closed, if the
-- document is whole: one whose postings cannot all be told apart may still
-- list them. A row for each posting, and one without a place for each closed.
create function take_feed(
	p_consortium uuid, p_feed uuid, p_fetch uuid, p_items json,
	p_kept json, p_is_whole boolean
) returns table (place integer, posting_id uuid, outcome text, trouble text,
	state text)
language plpgsql as $$
declare
	f posting_feed;
	p posting;
	told record;
	was_closed boolean;
begin
	select * into f from posting_feed
	where consortium_id = p_consortium and id = p_feed;
	for told in
		select t.* from take_job_postings(p_consortium, p_feed,
			f.put_by, p_items) t
	loop
		place := told.place;
		posting_id := told.posting_id;
		outcome := told.outcome;
		trouble := told.trouble;
		state := null;
		if posting_id is not null then
			was_closed := coalesce((select i.is_closed
				from posting_feed_item i
				where i.consortium_id = p_consortium
					and i.feed_id = p_feed
					and i.posting_id = told.posting_id),
				false);
			select * into p from posting o
			where o.consortium_id = p_consortium
				and o.id = told.posting_id;
			if f.publishes and trouble is null
					and told.is_publishable then
				trouble := publish_of_feed(p, f.put_by,
					coalesce(told.valid_through,
						case when p.state = 'published'
							then p.closes_at end,
						now() + f.open_days
							* interval '1 day'),
					was_closed);
			end if;
			state := (select o.state from posting o
				where o.consortium_id = p_consortium
					and o.id = told.posting_id);
			insert into posting_feed_item (consortium_id, feed_id,
				posting_id, seen_in)
			values (p_consortium, p_feed, told.posting_id, p_fetch)
			on conflict on constraint posting_feed_item_pkey
				do update set seen_in = p_fetch,
				is_closed = take_feed.state = 'closed'
					and (posting_feed_item.is_closed
						or p.state = 'published');
		end if;
		return next;
	end loop;
	-- those that the document names with flaws are still in it
	update posting_feed_item i set seen_in = p_fetch
	from json_array_elements(p_kept) k
	join posting o on o.consortium_id = p_consortium
		and o.enterprise_id = p_feed
		and o.ref_system = k.value ->> 'ref_system'
		and o.ref = k.value ->> 'ref'
	where i.consortium_id = p_consortium and i.feed_id = p_feed
		and i.posting_id = o.id;
	if not p_is_whole then
		return;
	end if;
	for p in
		select o.* from posting_feed_item i
		join posting o on o.consortium_id = i.consortium_id
			and o.id = i.posting_id
		where i.consortium_id = p_consortium and i.feed_id = p_feed
			and i.seen_in <> p_fetch and o.state = 'published'
		order by o.ref_system, o.ref
		for no key update of o
	loop
		update posting o set state = 'closed', actor = f.put_by,
			reason = 'no longer in the feed'
		where o.consortium_id = p_consortium and o.id = p.id;
		update posting_feed_item i set is_closed = true
		where i.consortium_id = p_consortium and i.feed_id = p_feed
			and i.posting_id = p.id;
		place := null;
		posting_id := p.id;
		outcome := 'closed';
		trouble := null;
		state := 'closed';
		return next;
	end loop;
end;
$$;

-- Ends a fetch: remembers it, forgets those long ago, and says when the next
-- one is due. A failed one is tried again after 5 minutes, then after twice as
-- long each time, a day at most; times are spread by a tenth, so that feeds do
-- not all come at once. False: another worker has it.
create function end_feed_fetch(
	p_fetch posting_feed_fetch, p_worker text, p_attempt integer,
	p_etag text, p_last_modified text
) returns boolean
language plpgsql as $$
declare
	is_failed boolean := p_fetch.outcome = 'failed';
	fails integer;
begin
	update posting_feed_turn t set worker = null, lease_until = null,
		failures = case when is_failed then t.failures + 1 else 0 end,
		etag = case p_fetch.outcome when 'taken' then p_etag
			else t.etag end,
		last_modified = case p_fetch.outcome when 'taken'
			then p_last_modified else t.last_modified end
	where t.consortium_id = p_fetch.consortium_id
		and t.id = p_fetch.feed_id and t.worker = p_worker
		and t.attempt = p_attempt
	returning t.failures into fails;
	if not found then
		return false;
	end if;
	update posting_feed_turn t set due_at = greatest(t.due_at, now()
		+ (0.9 + 0.2 * random()) * case when is_failed
			then least(interval '5 minutes'
				* power(2, least(fails - 1, 12)),
				interval '1 day')
			else f.interval_minutes * interval '1 minute' end)
	from posting_feed f
	where t.consortium_id = p_fetch.consortium_id
		and t.id = p_fetch.feed_id
		and f.consortium_id = t.consortium_id and f.id = t.id
		and t.due_at <= now();
	insert into posting_feed_fetch select p_fetch.*;
	delete from posting_feed_fetch d
	where d.consortium_id = p_fetch.consortium_id
		and d.feed_id = p_fetch.feed_id
		and d.id not in (select k.id from posting_feed_fetch k
			where k.consortium_id = p_fetch.consortium_id
				and k.feed_id = p_fetch.feed_id
			order by k.id desc limit 20);
	return true;
end;
$$;

-- ---- duplicates ----

-- What two texts have in common that differ in blanks, signs, width or case
-- alone. Finds the same text at other enterprises; who is found is held
-- against it character by character.
create function posting_text_key(description text) returns bytea
language sql immutable parallel safe
return sha256(convert_to(regexp_replace(lower(normalize(description, nfkc)),
	'[[:space:][:punct:]　。，、；：？！“”‘’（）《》【】·…—～]+', '', 'g'),
	'UTF8'));

create index posting_by_text on posting
	(consortium_id, posting_text_key(description))
	where state = 'published' and char_length(description) >= 40;
