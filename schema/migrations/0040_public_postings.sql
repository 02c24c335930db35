-- An enterprise may let everybody read its open internships and jobs: as pages
-- that search engines find. Nothing is public unless it says so.
alter table enterprise
	add column postings_are_public boolean not null default false;
create index enterprise_public on enterprise (consortium_id, id)
	where postings_are_public;
