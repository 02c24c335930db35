# shellcheck shell=sh
# processes.sh - the user that runs things, the places he can reach, starting
# and stopping what runs in the background. Sourced by duikou.sh; trusts it
# for say, step, die, ROOT, VAR, ME and BUILT.

# The user of PostgreSQL, server and worker: never root. Where root brings a
# DATABASE_URL and no PostgreSQL package, nobody has to do.
find_service_user()
{
	AS_SERVICE=
	[ "$ME" = 0 ] || return 0
	SERVICE_USER=postgres
	getent passwd postgres >/dev/null || SERVICE_USER=nobody
	AS_SERVICE="setpriv --reuid=$SERVICE_USER --init-groups"
	AS_SERVICE="$AS_SERVICE --regid=$(id -g "$SERVICE_USER")"
	AS_SERVICE="$AS_SERVICE env HOME=/ USER=$SERVICE_USER"
}

as_service()
{
	# shellcheck disable=SC2086 # a list of words
	(cd / && exec $AS_SERVICE "$@")
}

service_reads()
{
	as_service test -r "$1" -a -x "$1"
}

# A directory that only the service user enters. In /tmp another user could
# have laid something of that name before us.
own_dir()
{
	mkdir -p "$1"
	owner=$(stat -c %U "$1")
	if [ -L "$1" ] || { [ "$owner" != "$(id -un)" ] &&
			    [ "$owner" != "${SERVICE_USER-}" ]; }; then
		die "$1 belongs to $owner; remove it first"
	fi
	[ "$ME" != 0 ] || chown "$SERVICE_USER:" "$1"
	chmod 700 "$1"
}

checkout_id()
{
	printf '%s' "$ROOT" | cksum | cut -d' ' -f1
}

# Sets STATE (database, and what the service user must be able to read) and
# SOCKET: below 108 bytes, or PostgreSQL refuses it.
find_places()
{
	if [ -s "$VAR/home" ]; then
		STATE=$(cat "$VAR/home")
	elif [ "$ME" = 0 ] && ! service_reads "$VAR"; then
		STATE=/var/lib/duikou/$(checkout_id)
	else
		STATE=$VAR/pg
	fi
	SOCKET=$STATE/socket
	if [ "$(printf '%s/.s.PGSQL.5432' "$SOCKET" | wc -c)" -gt 107 ]; then
		SOCKET=/tmp/duikou-$ME-$(checkout_id)
	fi
}

make_places()
{
	mkdir -p "$VAR/log"
	chmod 700 "$VAR/log"
	find_places
	mkdir -p "$(dirname "$STATE")"
	own_dir "$STATE"
	say "$STATE" >"$VAR/home"
}

# One duikou.sh at a time in one checkout.
lock()
{
	mkdir -p "$VAR"
	exec 9>"$VAR/lock"
	flock -n 9 || die "another duikou.sh is at work here"
}

# When a process started, in ticks since boot: with the pid it names one
# process for ever, so a pid that was given away again is never killed. Of a
# process that ended and was not yet reaped (Z) nothing is said.
start_of()
{
	sed -n 's/.*) \([^Z].*\)/\1/p' "/proc/$1/stat" 2>/dev/null |
		cut -d' ' -f20
}

is_running()
{
	[ -s "$VAR/$1.pid" ] || return 1
	read -r pid started <"$VAR/$1.pid" || return 1
	[ -n "$started" ] && [ "$(start_of "$pid")" = "$started" ]
}

# start NAME COMMAND... - in the background, with a log and a pid file.
start()
{
	name=$1
	shift
	(
		cd /
		exec 9>&-
		# shellcheck disable=SC2086 # a list of words
		exec setsid $AS_SERVICE "$@" </dev/null \
			>>"$VAR/log/$name.log" 2>&1
	) &
	pid=$!
	say "$pid $(start_of "$pid")" >"$VAR/$name.pid"
	cksum <"$BUILT" >"$VAR/$name.build"
}

stop()
{
	if is_running "$1"; then
		step "stopping the $1 (pid $pid)"
		kill -TERM "$pid"
		tries=0
		while is_running "$1"; do
			tries=$((tries + 1))
			[ "$tries" -lt 150 ] || kill -KILL "$pid"
			sleep 0.1
		done
	fi
	rm -f "$VAR/$1.pid" "$VAR/$1.build"
}

is_current()
{
	is_running "$1" &&
		[ "$(cksum <"$BUILT")" = "$(cat "$VAR/$1.build" 2>/dev/null)" ]
}
