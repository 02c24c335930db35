-- Writes the rows of an enterprise's file of postings, or only says what would
-- become of them: n, the posting, whether it was known, is made anew, is
-- changed; then what refuses it: an unknown target, occupation, division or post
-- category, a closing day that is over, an enterprise that is not verified, a
-- rule of what is public, anything else.
-- $1 consortium, $2 enterprise, $3 account, $4 rows (JSON), $5 whether to write,
-- $6 whether known ones are changed
select r.n, r.id, r.is_known, r.is_new, r.is_changed,
	f.what = 'posting_targets_fkey',
	f.what = 'posting_occupation_code_fkey',
	f.what = 'posting_division_code_fkey',
	f.what like 'posting_consortium_id_enterprise_id_post_category%',
	f.what = 'posting_closes_after_publication',
	f.what = 'posting_enterprise_is_verified',
	f.what ~ '^posting_(rule|internship)_',
	f.what <> '' and f.what not in ('posting_targets_fkey',
		'posting_occupation_code_fkey', 'posting_division_code_fkey',
		'posting_closes_after_publication',
		'posting_enterprise_is_verified')
	and f.what !~ '^posting_(rule|internship)_'
	and f.what not like 'posting_consortium_id_enterprise_id_post_category%'
from import_postings($1::uuid, $2::uuid, $3::uuid, $4::jsonb, $5::boolean,
	$6::boolean) r
cross join lateral (select coalesce(r.refused, '')) f (what)
order by r.n
