-- Keeps a piece of the file of an import that is being received.
-- $1 consortium, $2 import, $3 number from 0, $4 bytes in hex
insert into import_chunk (consortium_id, import_id, number, bytes)
values ($1::uuid, $2::uuid, $3::integer, decode($4, 'hex'))
returning number
