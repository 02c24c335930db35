-- The instance or the result of a round: of the published run, or of the run
-- named, or of the newest finished one. What was never published is for the
-- office only.
-- Returns sha256 (hex) and the text.
-- $1 consortium, $2 round, $3 kind, $4 run or null, $5 whether unpublished
-- runs may be seen
select encode(f.sha256, 'hex'), convert_from(f.bytes, 'UTF8')
from round r
join run u on u.consortium_id = r.consortium_id and u.round_id = r.id
join run_file f on f.consortium_id = u.consortium_id and f.run_id = u.id
where r.consortium_id = $1::uuid and r.id = $2::uuid and u.state = 'done'
	and f.kind = $3
	and case
		when $4::uuid is not null then u.id = $4::uuid
		when r.published_run_id is not null
			then u.id = r.published_run_id
		else true
	end
	and ($5::boolean or exists (select from publication b
		where b.consortium_id = u.consortium_id
			and b.run_id = u.id))
order by u.finished_at desc, u.id desc
limit 1
