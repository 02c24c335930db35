#!/bin/sh
# The proof of installation: in a Debian 12 made for the purpose, without any
# of our packages, the Dockerfile's steps are carried out and the image runs;
# and ./duikou.sh brings a clean clone up, twice, tests it, and takes it down,
# for root and for an ordinary user. What is cloned is the last commit.
#
# Needs root, debootstrap, git, about 5 GB in TMPDIR (/var/tmp) and a Debian
# mirror: the one that this machine's apt uses. Part of `duikou.sh test
# --long`; exit 77 says that it was skipped, and why.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd -P)
ROOT=$(cd "$HERE/../.." && pwd -P)

skip()
{
	echo "skipped: $*"
	exit 77
}

[ -n "${DUIKOU_TEST_LONG-}" ] || skip "runs in ./duikou.sh test --long only"
[ "$(id -u)" = 0 ] || skip "needs root: it makes a root file system"
command -v debootstrap >/dev/null || skip "needs debootstrap"
command -v git >/dev/null || skip "needs git"
git -C "$ROOT" rev-parse HEAD >/dev/null 2>&1 || skip "needs a git checkout"

# Mounts and processes of its own: both are gone when this ends, however.
if [ "${1-}" != inside ]; then
	WORK=$(mktemp -d "${TMPDIR:-/var/tmp}/duikou-install.XXXXXX")
	chmod 755 "$WORK"
	export WORK
	status=0
	unshare --mount --propagation private --pid --fork --kill-child \
		"$0" inside || status=$?
	rm -rf --one-file-system "$WORK"
	exit "$status"
fi

say()
{
	printf '\n=== %s\n' "$*"
}

# The Debian archives of this machine's apt: address, suite, component.
archives()
{
	# shellcheck disable=SC2016 # apt's own variables
	apt-get indextargets --format \
		'$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' |
		sed -n 's/^Debian \(.* bookworm.*\)/\1/p' | sort -u
}

make_base()
{
	mirror=$(archives | awk '$2 == "bookworm" { print $1; exit }')
	[ -n "$mirror" ] || skip "apt knows no bookworm archive"
	debootstrap --variant=minbase bookworm "$WORK/base" "$mirror" \
		>"$WORK/debootstrap.log" 2>&1 ||
		{ tail -n 20 "$WORK/debootstrap.log"; exit 1; }
	archives | sed 's/^/deb /' >"$WORK/base/etc/apt/sources.list"
	apt-config dump | grep -E '^Acquire::(Check-|https?::Proxy)' \
		>"$WORK/base/etc/apt/apt.conf.d/99machine" || true
	cp /etc/resolv.conf /etc/hosts "$WORK/base/etc/"
	git clone -q --no-hardlinks "$ROOT" "$WORK/clone"
}

prove_image()
{
	mkdir "$WORK/image"
	"$HERE/image.py" "$WORK/clone/Dockerfile" "$WORK/clone" \
		"$WORK/base" "$WORK/image"
}

# in_machine [USER] COMMAND - a shell in the machine, without input.
in_machine()
{
	user=root
	if [ $# -eq 2 ]; then
		user=$1
		shift
	fi
	env -i PATH="$PATH" TERM=dumb LANG=C.UTF-8 \
		chroot "$WORK/machine" \
		runuser -u "$user" -- sh -euc "$1" </dev/null
}

make_machine()
{
	cp -a "$WORK/base" "$WORK/machine"
	mount -t proc proc "$WORK/machine/proc"
	mount --bind /dev "$WORK/machine/dev"
	mount -t tmpfs tmpfs "$WORK/machine/dev/shm"
	for package in gcc cmake curl python3 postgresql-15; do
		if in_machine "dpkg-query -W $package" >/dev/null 2>&1; then
			echo "$package is there already: no proof"
			exit 1
		fi
	done
}

# The whole of a log when its command failed, else its last lines.
logged()
{
	log=$1
	shift
	if "$@" >"$log" 2>&1; then
		tail -n 30 "$log"
	else
		cat "$log"
		exit 1
	fi
}

# try_commands USER FOLDER - what up says to try, as it stands on the screen.
try_commands()
{
	sed -n '/^Commands to try/,/^The API/p' "$WORK/up.log" | grep '^  ' \
		>"$WORK/machine$2/commands.sh"
	[ "$(wc -l <"$WORK/machine$2/commands.sh")" -ge 5 ] ||
		{ echo "up showed no commands"; exit 1; }
	in_machine "$1" "cd $2 && sh -eux commands.sh" >"$WORK/try.log" 2>&1 ||
		{ cut -c1-300 "$WORK/try.log"; exit 1; }
	cut -c1-300 "$WORK/try.log"
	grep -q '"score":' "$WORK/try.log" ||
		{ echo "no matches came"; exit 1; }
	in_machine "$1" "cd $2 && test -s result.json && grep -q '<svg' report.html"
}

# prove_up USER FOLDER - clean clone, up, up again in seconds, down.
prove_up()
{
	mkdir -p "$WORK/machine$2"
	cp -a "$WORK/clone/." "$WORK/machine$2"
	in_machine "chown -R $1: $2"
	logged "$WORK/up.log" in_machine "$1" "cd $2 && ./duikou.sh up"
	address=$(sed -n 's/^Duikou runs at //p' "$WORK/up.log")
	in_machine "$1" "curl -fsS $address/readyz" && echo
	try_commands "$1" "$2"
	before=$(in_machine "cd $2/var && cat server.pid worker.pid")
	began=$(date +%s)
	logged "$WORK/up2.log" in_machine "$1" "cd $2 && ./duikou.sh up"
	took=$(($(date +%s) - began))
	after=$(in_machine "cd $2/var && cat server.pid worker.pid")
	echo "second up: $took s"
	[ "$took" -le 20 ] || { echo "too long"; exit 1; }
	[ "$before" = "$after" ] || { echo "it restarted things"; exit 1; }
	runs_as=$(in_machine "stat -c %U /proc/${before%% *}")
	echo "the server runs as $runs_as"
	[ "$runs_as" != root ] || exit 1
	in_machine "$1" "cd $2 && ./duikou.sh down"
	if in_machine "curl -fsS -m 2 $address/readyz" 2>/dev/null; then
		echo "still up after down"
		exit 1
	fi
}

prove_no_foreign_cluster()
{
	if in_machine "ls /etc/postgresql/15" 2>/dev/null | grep .; then
		echo "Debian's own cluster was made"
		exit 1
	fi
}

prove_tests()
{
	in_machine "cd $1 && ./duikou.sh test" >"$WORK/test.log" 2>&1 ||
		{ tail -n 60 "$WORK/test.log"; exit 1; }
	tail -n 1 "$WORK/test.log"
	tail -n 1 "$WORK/test.log" |
		grep -qE '^[1-9][0-9]* passed, 0 failed(, [0-9]+ skipped)?$'
}

say "a fresh Debian 12"
make_base
say "the Dockerfile's steps"
prove_image
say "up on a machine without the packages, as root"
make_machine
prove_up root /srv/duikou
prove_no_foreign_cluster
say "up in a folder closed to others, as root"
in_machine "mkdir -m 700 /srv/closed"
prove_up root /srv/closed/duikou
in_machine "cd /srv/closed/duikou && ./duikou.sh reset --yes"
say "up as an ordinary user"
in_machine "useradd -m -d /srv/someone -s /bin/sh someone"
prove_up someone /srv/someone/duikou
say "the image, beside a PostgreSQL"
"$HERE/run_image.py" "$WORK/image/image.json" "$WORK/machine" \
	"$ROOT/ops/initdb"
say "the tests, on that machine"
prove_tests /srv/duikou
say "installation proven"
