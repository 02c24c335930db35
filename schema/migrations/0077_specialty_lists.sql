-- The thresholds of the three lists of specialties; null: those of
-- matcher/specialty_terms.def.
alter table policy add column specialty_lists jsonb
	check (jsonb_typeof(specialty_lists) = 'object');

-- The last cohort whose first official day, 31 August, is past.
create function last_cohort_year() returns integer
language sql stable
return extract(year from today_in_china() - interval '8 months')::integer;
