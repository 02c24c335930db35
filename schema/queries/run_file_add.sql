-- Keeps a file of a run that is running.
-- $1 consortium, $2 run, $3 kind, $4 its text
insert into run_file (consortium_id, run_id, kind, sha256, bytes)
values ($1::uuid, $2::uuid, $3, sha256(convert_to($4, 'UTF8')),
	convert_to($4, 'UTF8'))
returning encode(sha256, 'hex')
