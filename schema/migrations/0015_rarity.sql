-- How rare what postings ask for is: a skill that few ask for weighs more in a
-- match than one that all do. Counted at a moment and kept as an edition, so
-- that a posting more or less moves no other posting.

create table rarity_edition (
	consortium_id uuid not null references consortium,
	number integer not null check (number >= 1),
	-- open postings, whatever they ask
	posting_count bigint not null check (posting_count >= 0),
	word_count integer not null check (word_count >= 0),
	made_at timestamptz not null default now(),
	-- null: the service, by time
	made_by uuid,
	primary key (consortium_id, number)
);

-- The words as they are compared (docs/matching.md): folded.
create table rarity_word (
	consortium_id uuid not null,
	edition integer not null,
	is_certificate boolean not null,
	word text not null check (word <> ''),
	-- how often it is asked for
	asking bigint not null check (asking >= 1),
	-- thousandths
	weight integer not null check (weight between 1000 and 1000000),
	primary key (consortium_id, edition, is_certificate, word),
	foreign key (consortium_id, edition)
		references rarity_edition (consortium_id, number)
);

create function rarity_made() returns trigger
language plpgsql as $$
begin
	insert into change (consortium_id, topic, subject_id, kind, version,
		actor)
	values (new.consortium_id, 'rarity', new.consortium_id, 'created',
		new.number, new.made_by);
	perform pg_notify('duikou_change', new.consortium_id::text);
	return null;
end;
$$;

create trigger created after insert on rarity_edition
	for each row execute function rarity_made();
create trigger append_only before update or delete on rarity_edition
	for each row execute function append_only();
create trigger append_only before update or delete on rarity_word
	for each row execute function append_only();

-- 1000 for what at least half of the postings ask for, and 1000 more each time
-- that half as many do.
create function rarity_weight(postings bigint, asking bigint) returns integer
language sql immutable strict parallel safe
return 1000 * (1 + coalesce((
	select max(halvings) from generate_series(0, 40) as halvings
	where asking::numeric * power(2::numeric, halvings) <= postings), 0));

-- Makes the next edition from words and how often each is asked for, unless
-- every weight would be as in the last. Returns the one that holds now
-- and whether it is new.
create function make_rarity_edition(
	p_consortium uuid, p_actor uuid, p_postings bigint, p_words text[],
	p_are_certificates boolean[], p_asking bigint[],
	out edition integer, out posting_count bigint, out word_count integer,
	out made_at timestamptz, out made_by uuid, out is_new boolean
) language plpgsql as $$
begin
	perform 1 from consortium where id = p_consortium for no key update;
	select max(number) into edition from rarity_edition
	where consortium_id = p_consortium;
	is_new := edition is null or exists (
		select from unnest(p_words, p_are_certificates, p_asking)
			as c (word, is_certificate, asking)
		full join (select * from rarity_word r
			where r.consortium_id = p_consortium
				and r.edition = make_rarity_edition.edition) r
			on r.is_certificate = c.is_certificate
				and r.word = c.word
		where rarity_weight(p_postings, c.asking)
			is distinct from r.weight);
	if not is_new then
		select e.posting_count, e.word_count, e.made_at, e.made_by
		into posting_count, word_count, made_at, made_by
		from rarity_edition e
		where e.consortium_id = p_consortium and e.number = edition;
		return;
	end if;
	edition := coalesce(edition, 0) + 1;
	posting_count := p_postings;
	word_count := cardinality(p_words);
	made_at := now();
	made_by := p_actor;
	insert into rarity_edition (consortium_id, number, posting_count,
		word_count, made_at, made_by)
	values (p_consortium, edition, posting_count, word_count, made_at,
		made_by);
	insert into rarity_word (consortium_id, edition, is_certificate, word,
		asking, weight)
	select p_consortium, edition, c.is_certificate, c.word, c.asking,
		rarity_weight(p_postings, c.asking)
	from unnest(p_words, p_are_certificates, p_asking)
		as c (word, is_certificate, asking);
end;
$$;

-- By which edition a run's scores were made; null: none was there.
alter table run add column rarity_edition integer;
