-- The one way in which an enterprise may turn to a student who did not apply:
-- to invite him to a posting. Neither side is told who the other is but by
-- the posting and by the id of the candidates' list.
create table invitation (
	consortium_id uuid not null,
	id uuid not null,
	posting_id uuid not null,
	student_id uuid not null,
	enterprise_id uuid not null,
	version bigint not null default 1,
	created_at timestamptz not null default now(),
	created_by uuid,
	primary key (consortium_id, id),
	unique (consortium_id, posting_id, student_id),
	foreign key (consortium_id, posting_id) references posting,
	foreign key (consortium_id, student_id) references student,
	foreign key (consortium_id, enterprise_id) references enterprise
);
create index invitation_by_student on invitation
	(consortium_id, student_id, id);
create index invitation_by_enterprise on invitation
	(consortium_id, enterprise_id, created_at);

create trigger created after insert on invitation
	for each row execute function row_created('invitation', 'wake');

-- Returns 'made', 'closed' where the posting takes no applications, or 'full'
-- where the enterprise has invited as many as it may on one day in China. Its
-- lock lets those who invite at the same moment count one after the other.
create function invite(
	p_consortium uuid, p_id uuid, p_posting uuid, p_enterprise uuid,
	p_student uuid, p_day_max integer, p_actor uuid
) returns text
language plpgsql as $$
declare
	day_begins timestamptz := date_trunc('day', now(), 'Asia/Shanghai');
begin
	perform 1 from enterprise e
	where e.consortium_id = p_consortium and e.id = p_enterprise
		and e.state = 'verified' for no key update;
	if not found then
		return 'closed';
	end if;
	if p_day_max <= (select count(*) from invitation i
			where i.consortium_id = p_consortium
				and i.enterprise_id = p_enterprise
				and i.created_at >= day_begins) then
		return 'full';
	end if;
	insert into invitation (consortium_id, id, posting_id, student_id,
		enterprise_id, created_by)
	select p.consortium_id, p_id, p.id, p_student, p.enterprise_id, p_actor
	from posting p
	where p.consortium_id = p_consortium and p.id = p_posting
		and p.enterprise_id = p_enterprise and p.state = 'published'
		and p.closes_at > now();
	return case when found then 'made' else 'closed' end;
end;
$$;

-- AFTER UPDATE of a disclosure that ends. Replies kept for their idempotency
-- keys would still say who the student is: those to the enterprise go.
create function disclosure_ended() returns trigger
language plpgsql as $$
begin
	delete from idempotency i using account u
	where u.consortium_id = new.consortium_id
		and u.enterprise_id = new.enterprise_id
		and i.consortium_id = u.consortium_id
		and i.account_id = u.id
		and position(convert_to(new.student_id::text, 'UTF8')
			in i.body) > 0;
	return null;
end;
$$;

create trigger forgotten after update on disclosure
	for each row when (old.ended_at is null and new.ended_at is not null)
	execute function disclosure_ended();
