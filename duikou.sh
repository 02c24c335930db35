#!/bin/sh
# duikou.sh - one command to run, stop, test, measure and reset Duikou on a
# Debian 12 machine. POSIX sh. All state lies in var/; see `./duikou.sh help`.
set -eu
umask 022

ROOT=$(cd "$(dirname "$0")" && pwd -P)
VAR=$ROOT/var
BUILT=$ROOT/build/release/server/duikou-server
ME=$(id -u)

say()
{
	printf '%s\n' "$*"
}

step()
{
	printf '==> %s\n' "$*"
}

die()
{
	printf 'duikou.sh: %s\n' "$*" >&2
	exit 1
}

usage()
{
	cat <<'END'
usage: ./duikou.sh COMMAND

  up             build, start PostgreSQL, the server and the worker, fill in
                 the demonstration city, and say what to try
  down           stop what up started
  test [--long]  build with the sanitizers and with clang, run every test;
                 --long adds the slow ones (a fresh Debian, clang-tidy)
  bench [api|engine|export|forecast|import|index|live|matches|named|round|search|statistics]
                 measure against the peers (tests/bench)
  reset [--yes]  stop everything and delete var/, the database with it
  help           this text

Missing Debian packages are installed (as root or through sudo) after saying
which and why. State lies in var/: logs in var/log, accounts of the
demonstration city in var/accounts.txt, the database in var/pg. Run by root,
PostgreSQL, server and worker run as the user postgres; where that user may
not enter var/ (a clone below a closed home), the database lies in
/var/lib/duikou instead, and var/home says where.

Environment:
  DUIKOU_PORT    port of the server on 127.0.0.1 (8080; the next free one if
                 it is taken)
  DUIKOU_LISTEN  address and port to serve on, instead of DUIKOU_PORT
  DATABASE_URL   use this PostgreSQL instead of a private one
Other settings of the server (`duikou-server --config` lists them) pass
through.
END
}

# --- build ------------------------------------------------------------------

build()
{
	cmake --preset "$1" && cmake --build --preset "$1"
}

# build_quietly PRESET
build_quietly()
{
	step "building (log: var/log/build.log)"
	build "$1" >"$VAR/log/build.log" 2>&1 </dev/null ||
		{ tail -n 40 "$VAR/log/build.log"; die "the build failed"; }
}

# Sets SERVER and REFERENCE: in the checkout where the service user can read
# it, else a copy beside the database.
place_server()
{
	SERVER=$BUILT
	REFERENCE=$ROOT/schema/reference
	if as_service test -x "$BUILT" && service_reads "$REFERENCE"; then
		return 0
	fi
	mkdir -p "$STATE/app"
	chmod 755 "$STATE/app"
	SERVER=$STATE/app/duikou-server
	REFERENCE=$STATE/app/reference
	cmp -s "$BUILT" "$SERVER" || install -m 755 "$BUILT" "$SERVER"
	rm -rf "$REFERENCE"
	cp -R "$ROOT/schema/reference" "$REFERENCE"
	chmod -R a+rX "$REFERENCE"
	[ "$ME" != 0 ] || chown -R "$SERVICE_USER:" "$STATE/app"
}

# --- up ---------------------------------------------------------------------

# Prints the first port from $1 on that nobody listens on.
free_port()
{
	python3 - "$1" <<'END'
import socket, sys
for port in range(int(sys.argv[1]), min(int(sys.argv[1]) + 200, 65536)):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
            s.listen(1)
        except OSError:
            continue
        print(port)
        sys.exit()
sys.exit(f"no free port from {sys.argv[1]} on")
END
}

# Sets and exports DUIKOU_LISTEN: the running server's, or the one asked for,
# or the first free one.
choose_listen()
{
	wanted=${DUIKOU_PORT:-8080}
	case $wanted in
	*[!0-9]* | ??????*) die "DUIKOU_PORT=$wanted is not a port" ;;
	esac
	if is_running server; then
		DUIKOU_LISTEN=$(cat "$VAR/listen")
	elif [ -z "${DUIKOU_LISTEN-}" ]; then
		port=$(free_port "$wanted") || die "no port to listen on"
		[ "$port" = "$wanted" ] ||
			say "    port $wanted is taken; using $port"
		DUIKOU_LISTEN=127.0.0.1:$port
	fi
	export DUIKOU_LISTEN
	say "$DUIKOU_LISTEN" >"$VAR/listen"
	case $DUIKOU_LISTEN in
	127.0.0.1:*) : "${DUIKOU_PUBLIC_URL=http://$DUIKOU_LISTEN}" ;;
	*) : "${DUIKOU_PUBLIC_URL=}" ;;
	esac
	export DUIKOU_PUBLIC_URL
}

# Sets and exports the key that seals personal values: the first start makes
# one, and what was sealed needs it ever after.
choose_key()
{
	[ -z "${DUIKOU_SEAL_KEYS-}" ] || return 0
	[ -s "$VAR/seal-keys" ] || (umask 077 && python3 -c \
		'import secrets; print("k1:" + secrets.token_urlsafe(32))' \
		>"$VAR/seal-keys")
	DUIKOU_SEAL_KEYS=$(cat "$VAR/seal-keys")
	export DUIKOU_SEAL_KEYS
}

# once LOG ARGUMENT... - one run of the server in a mode that ends.
once()
{
	log=$VAR/log/$1.log
	shift
	as_service "$SERVER" "$@" </dev/null >"$log" 2>&1 9>&- ||
		{ tail -n 20 "$log"; die "duikou-server $* failed"; }
}

fill()
{
	step "bringing the schema, reference lists and demonstration city up"
	once migrate migrate
	once reference reference load "$REFERENCE"
	once demo demo
	(umask 077 && cp "$VAR/log/demo.log" "$VAR/accounts.txt")
}

wait_ready()
{
	tries=0
	until curl -fsS -m 2 "http://$DUIKOU_LISTEN/readyz" >/dev/null 2>&1; do
		tries=$((tries + 1))
		if [ "$tries" -gt 300 ] || ! is_running server; then
			tail -n 20 "$VAR/log/server.log"
			die "the server did not get ready; see var/log/server.log"
		fi
		sleep 0.1
	done
}

start_programs()
{
	is_current server || stop server
	is_current worker || stop worker
	choose_listen
	choose_key
	if ! is_running server; then
		step "starting the server on http://$DUIKOU_LISTEN"
		start server "$SERVER" serve
	fi
	wait_ready
	if ! is_running worker; then
		step "starting the worker"
		start worker "$SERVER" work
		sleep 0.3
		is_running worker ||
			{ tail -n 20 "$VAR/log/worker.log"
			  die "the worker ended at once"; }
	fi
}

# id_of LABEL - an id that the demonstration city printed.
id_of()
{
	sed -n "s/^  $1  *//p" "$VAR/accounts.txt"
}

show()
{
	base=http://$DUIKOU_LISTEN
	printf '\nDuikou runs at %s\n\n' "$base"
	cat "$VAR/accounts.txt"
	student=$(id_of 'student (student1)')
	posting=$(id_of 'posting (wished)')
	round=$(id_of 'round (published)')
	cat <<END

Commands to try: sign in as a student; his three best postings; why one of
them fits; the published round's documents; proof that its result is sound; and
the consortium's report, as the office reads it in any browser
  token() { curl -s $base/v1/sessions -H 'Content-Type: application/json' \\
    -d "{\"consortium\":\"demo\",\"login_name\":\"\$1\",\"password\":\"duikou-demo\"}" |
    sed 's/.*"token":"\([^"]*\)".*/\1/'; }
  T=\$(token student1)
  curl -s -w '\n' "$base/v1/students/$student/matches?limit=3" -H "Authorization: Bearer \$T"
  curl -s -w '\n' $base/v1/students/$student/matches/$posting -H "Authorization: Bearer \$T"
  for d in instance result; do curl -s $base/v1/rounds/$round/\$d -H "Authorization: Bearer \$T" -o \$d.json; done
  build/release/matcher/duikou-matcher verify --in instance.json --result result.json
  curl -s $base/v1/statistics/report -H "Authorization: Bearer \$(token office)" -o report.html

A posting as everybody reads it: $base/postings/demo/$posting
The API, to read: $base/docs
The API's document: $base/openapi.json
END
}

up()
{
	[ $# -eq 0 ] || die "up takes no argument"
	# shellcheck disable=SC2086 # lists of words
	need "build and run Duikou" $BUILD_PACKAGES $RUN_PACKAGES
	# shellcheck disable=SC2086
	[ -n "${DATABASE_URL-}" ] ||
		need "keep its data" $DATABASE_PACKAGES
	lock
	find_service_user
	make_places
	build_quietly release
	database_up
	place_server
	fill
	start_programs
	show
}

# --- the other commands -----------------------------------------------------

down()
{
	[ $# -eq 0 ] || die "down takes no argument"
	if [ ! -d "$VAR" ]; then
		say "nothing runs: there is no var/"
		return 0
	fi
	lock
	find_service_user
	find_places
	stop worker
	stop server
	pg_stop
	say "everything is stopped"
}

reset()
{
	case ${1-} in
	--yes) ;;
	"")
		printf 'Delete var/ and the database in it? [y/N] '
		read -r answer || answer=
		[ "$answer" = y ] || die "nothing was deleted"
		;;
	*) die "reset knows --yes only" ;;
	esac
	down
	[ -d "$VAR" ] || return 0
	case $STATE in
	"$VAR/pg" | /var/lib/duikou/?*) rm -rf "$SOCKET" "$STATE" ;;
	*) die "var/home names $STATE, which is not ours to delete" ;;
	esac
	rm -rf "$VAR"
	say "var/ is gone"
}

# Reads ctest's own count, so that the closing line cannot drift from it.
count_of()
{
	sed -n "s/.*<testsuite.* $1=\"\([0-9]*\)\".*/\1/p" "$2"
}

# close_tests PASSED FAILED SKIPPED
close_tests()
{
	if [ "$3" -gt 0 ]; then
		say "$1 passed, $2 failed, $3 skipped"
	else
		say "$1 passed, $2 failed"
	fi
	[ "$2" -eq 0 ] && [ "$1" -gt 0 ]
}

run_ctest()
{
	report=$ROOT/build/dev/tests.xml
	rm -f "$report"
	(cd build/dev && ctest --output-on-failure -j2 --timeout "$1" \
		--output-junit "$report") </dev/null || true
	# One line, whatever ctest breaks it into.
	[ -s "$report" ] || die "ctest left no report"
	tr '\n\t' '  ' <"$report" | sed 's/<testcase/\n&/' >"$report.line"
	total=$(count_of tests "$report.line")
	failed=$(count_of failures "$report.line")
	skipped=$(($(count_of skipped "$report.line") +
		$(count_of disabled "$report.line")))
	passed=$((total - failed - skipped))
}

# A second opinion: a build that counts as one test.
try_build()
{
	step "building preset $1"
	if build "$1" </dev/null; then
		builds_passed=$((builds_passed + 1))
	else
		builds_failed="$builds_failed $1"
	fi
}

run_tests()
{
	timeout=300
	# shellcheck disable=SC2086 # lists of words
	need "build Duikou" $BUILD_PACKAGES $RUN_PACKAGES $DATABASE_PACKAGES
	# shellcheck disable=SC2086
	need "test it, also with a second compiler" $TEST_PACKAGES
	case ${1-} in
	"") ;;
	--long)
		# shellcheck disable=SC2086
		need "run the long tests" $LONG_PACKAGES
		DUIKOU_TEST_LONG=1
		export DUIKOU_TEST_LONG
		timeout=3600
		;;
	*) die "test knows --long only" ;;
	esac
	step "building with gcc, AddressSanitizer and UBSan"
	build dev </dev/null || close_tests 0 1 0 || exit 1
	builds_passed=0
	builds_failed=
	try_build clang
	[ -z "${DUIKOU_TEST_LONG-}" ] || try_build lint
	step "running the tests"
	run_ctest "$timeout"
	for preset in $builds_failed; do
		say "the build of preset $preset failed; see above"
		failed=$((failed + 1))
	done
	close_tests $((passed + builds_passed)) "$failed" "$skipped"
}

bench_api()
{
	# shellcheck disable=SC2086 # lists of words
	need "run PostgreSQL and measure against the API's peers" \
		$RUN_PACKAGES $DATABASE_PACKAGES $BENCH_API_PACKAGES
	# A Node.js from elsewhere brings npm along and shuts Debian's out.
	command -v npm >/dev/null || need "run the peers" nodejs npm
	build_quietly release
	"$ROOT/tests/bench/run" "$@"
}

bench_engine()
{
	# shellcheck disable=SC2086 # lists of words
	need "measure against the engine's peers" $BENCH_ENGINE_PACKAGES
	build_quietly measure
	"$ROOT/tests/bench/engine/run" "$@"
}

# bench_of NAME PRESET WHAT PACKAGES -- OPTIONS - what tests/bench/NAME has.
bench_of()
{
	name=$1 preset=$2 what=$3 packages=$4
	shift 5
	# shellcheck disable=SC2086 # lists of words
	need "$what" $RUN_PACKAGES $DATABASE_PACKAGES python3-psycopg2 \
		$packages
	build_quietly "$preset"
	"$ROOT/tests/bench/$name/run" "$@"
}

bench_forecast()
{
	build_quietly measure
	"$ROOT/tests/bench/forecast/run" "$@"
}

bench_named()
{
	# shellcheck disable=SC2086 # lists of words
	need "measure what is found in real advertisements" \
		$DATABASE_PACKAGES
	build_quietly measure
	"$ROOT/tests/named/measure.py" \
		"$ROOT/build/measure/tests/named/named-find" \
		--results "$ROOT/tests/bench/RESULTS.md" "$@"
}

bench()
{
	# shellcheck disable=SC2086 # lists of words
	need "build Duikou" $BUILD_PACKAGES
	mkdir -p "$VAR/log"
	one=${1-}
	[ $# -eq 0 ] || shift
	case $one in
	api) bench_api "$@" ;;
	engine) bench_engine "$@" ;;
	export) bench_of export release "measure lists whole" '' -- "$@" ;;
	forecast) bench_forecast "$@" ;;
	import) bench_of import release "measure bringing in files" \
			python3-openpyxl -- "$@" ;;
	index) bench_of index measure "measure live ranking" '' -- "$@" ;;
	live) bench_of live release "measure how soon a commit is ranked" \
			'' -- "$@" ;;
	matches) bench_of matches release "measure matches over HTTP" \
			wrk -- "$@" ;;
	named) bench_named "$@" ;;
	round) bench_of round release "measure a round" '' -- "$@" ;;
	search) bench_of search measure "measure searching" '' -- "$@" ;;
	statistics) bench_of statistics release "measure statistics" '' \
			-- "$@" ;;
	'')
		for one in api engine export forecast import index live \
				matches named round search \
				statistics; do
			bench "$one"
		done ;;
	*) die "bench takes api, engine, export, forecast, import, index, live, matches, named, round, search or statistics, then its options" ;;
	esac
}

cd "$ROOT"
# shellcheck source=ops/packages.sh
. "$ROOT/ops/packages.sh"
# shellcheck source=ops/processes.sh
. "$ROOT/ops/processes.sh"
# shellcheck source=ops/postgres.sh
. "$ROOT/ops/postgres.sh"
command=${1-help}
[ $# -eq 0 ] || shift
case $command in
up) up "$@" ;;
down) down "$@" ;;
test) run_tests "$@" ;;
bench) bench "$@" ;;
reset) reset "$@" ;;
help | -h | --help) usage ;;
*) usage >&2; exit 2 ;;
esac
