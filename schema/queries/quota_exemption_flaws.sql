-- What only the database sees of an exemption to be: is the enterprise one of
-- ours, is the first day past, is the last one before it, or too far from it?
-- $1 consortium, $2 enterprise, $3 first day or null: today, $4 last day, $5
-- how many days it may last
select exists (select from enterprise
		where consortium_id = $1::uuid and id = $2::uuid),
	t.starts_on < today_in_china(), $4::date < t.starts_on,
	$4::date - t.starts_on >= $5::integer
from (select coalesce($3::date, today_in_china())) t (starts_on)
