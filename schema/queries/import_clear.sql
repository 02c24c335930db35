-- Takes away the files and rows of imports that ended so long ago, and
-- imports whose file never came whole within an hour: how many.
-- $1 how many at most, $2 days since
with due as (
	select consortium_id, id, state from import
	where not is_cleared
		and (finished_at < now() - make_interval(days => $2::int)
			or state = 'receiving'
			and created_at < now() - interval '1 hour')
	order by created_at
	limit least($1::bigint, 20)
	for update skip locked
), chunks as (
	delete from import_chunk c using due d
	where c.consortium_id = d.consortium_id and c.import_id = d.id
), lines as (
	delete from import_row r using due d
	where r.consortium_id = d.consortium_id and r.import_id = d.id
), cleared as (
	update import i set is_cleared = true from due d
	where i.consortium_id = d.consortium_id and i.id = d.id
	returning 1
)
select count(*) from cleared
