-- Takes an enterprise off a school's list of host units: its id, or no row.
-- $1 consortium, $2 school, $3 enterprise
delete from host_unit
where consortium_id = $1::uuid and school_id = $2::uuid
	and enterprise_id = $3::uuid
returning id
