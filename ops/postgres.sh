# shellcheck shell=sh
# postgres.sh - a private PostgreSQL 15 on a Unix socket. Sourced by
# duikou.sh after processes.sh.

PG_BIN=/usr/lib/postgresql/15/bin

pg_is_up()
{
	[ -s "$STATE/data/postmaster.pid" ] &&
		as_service "$PG_BIN/pg_ctl" -D "$STATE/data" status >/dev/null
}

# A postmaster that was killed lingers until its parent reaps it, and
# PostgreSQL takes the dead process for a living one.
pg_wait_reaped()
{
	tries=0
	while pg_is_up && [ "$tries" -lt 100 ]; do
		pid=$(head -n 1 "$STATE/data/postmaster.pid")
		[ -z "$(start_of "$pid")" ] || break
		tries=$((tries + 1))
		sleep 0.1
	done
}

pg_init()
{
	[ ! -d "$STATE/data" ] || return 0
	step "creating the private PostgreSQL 15 in $STATE"
	rm -rf "$STATE/data.new"
	as_service "$PG_BIN/initdb" -D "$STATE/data.new" -U postgres \
		-E UTF8 --locale=C.UTF-8 --auth-local=trust \
		--auth-host=reject >"$VAR/log/initdb.log" 2>&1 ||
		{ cat "$VAR/log/initdb.log"; die "initdb failed"; }
	say "include 'duikou.conf'" >>"$STATE/data.new/postgresql.conf"
	mv "$STATE/data.new" "$STATE/data"
}

# Who may enter the socket's directory is who may enter the database.
pg_start()
{
	pg_wait_reaped
	if pg_is_up; then
		return 0
	fi
	own_dir "$SOCKET"
	as_service tee "$STATE/data/duikou.conf" >/dev/null <<END
listen_addresses = ''
unix_socket_directories = '$(printf '%s' "$SOCKET" | sed "s/'/''/g")'
unix_socket_permissions = 0700
port = 5432
max_connections = 200
END
	step "starting PostgreSQL (socket $SOCKET)"
	as_service "$PG_BIN/pg_ctl" -D "$STATE/data" -w -t 60 -s \
		-l "$STATE/postgresql.log" start </dev/null 9>&- ||
		{ tail -n 20 "$STATE/postgresql.log"
		  die "PostgreSQL did not start"; }
}

pg_stop()
{
	if pg_is_up; then
		step "stopping PostgreSQL"
		as_service "$PG_BIN/pg_ctl" -D "$STATE/data" -w -t 60 -s \
			-m fast stop
	fi
}

pg_ask()
{
	as_service "$PG_BIN/psql" -X -q -At -v ON_ERROR_STOP=1 -h "$SOCKET" \
		-U postgres -d postgres -c "$1" ||
		die "PostgreSQL does not answer; see $STATE/postgresql.log"
}

# A value of a libpq connection string.
quoted()
{
	printf "'%s'" "$(printf '%s' "$1" | sed "s/[\\\\']/\\\\&/g")"
}

# The server signs in as duikou, who owns the one database and is no
# superuser.
pg_database()
{
	found=$(pg_ask "select 1 from pg_roles where rolname = 'duikou'")
	[ -n "$found" ] || pg_ask "create role duikou login createrole"
	found=$(pg_ask "select 1 from pg_database where datname = 'duikou'")
	[ -n "$found" ] ||
		pg_ask "create database duikou owner duikou template template0"
	# shellcheck disable=SC2089 # the quotes are for libpq
	DATABASE_URL="host=$(quoted "$SOCKET") user=duikou dbname=duikou"
	# shellcheck disable=SC2090
	export DATABASE_URL
	say "$DATABASE_URL" >"$VAR/database-url"
}

database_up()
{
	if [ -n "${DATABASE_URL-}" ]; then
		step "using the PostgreSQL of DATABASE_URL"
		return 0
	fi
	pg_init
	pg_start
	pg_database
}
