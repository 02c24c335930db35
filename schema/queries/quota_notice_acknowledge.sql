-- A party says that it has read a notice; no row: it had, or there is none.
-- $1 consortium, $2 notice, $3 owner or null, $4 'enterprise' or 'office', $5
-- account
update quota_notice set
	enterprise_told_at = case $4 when 'office' then enterprise_told_at
		else now() end,
	enterprise_told_by = case $4 when 'office' then enterprise_told_by
		else $5::uuid end,
	office_told_at = case $4 when 'office' then now()
		else office_told_at end,
	office_told_by = case $4 when 'office' then $5::uuid
		else office_told_by end,
	actor = $5::uuid
where consortium_id = $1::uuid and id = $2::uuid
	and ($3::uuid is null or enterprise_id = $3::uuid)
	and case $4 when 'office' then office_told_at
		else enterprise_told_at end is null
returning id
