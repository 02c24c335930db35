-- A session that ran out was revoked by nobody, and every server knows when
-- it ended: clearing it away is no news.
drop trigger deleted on session;
create trigger deleted_alive after delete on session
	for each row
	when (old.revoked_at is null and old.expires_at > now())
	execute function session_revoked();
