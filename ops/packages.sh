# shellcheck shell=sh disable=SC2034 # the lists are for duikou.sh
# packages.sh - which Debian packages each command needs, and how they get
# here. Sourced by duikou.sh; trusts it for say, step, die and ME.

# gcc recommends libc6-dev; without recommendations it must be asked for.
BUILD_PACKAGES="gcc libc6-dev cmake ninja-build pkg-config libevent-dev
	libpq-dev libjansson-dev libcurl4-openssl-dev libssl-dev
	libutf8proc-dev libopencc-dev libcsv-dev libxlsxwriter-dev
	zlib1g-dev libzip-dev libexpat1-dev libxml2-dev python3 python3-yaml"
RUN_PACKAGES="curl"
DATABASE_PACKAGES="postgresql-15"
# The browser brings no font with Chinese, without which pages are boxes.
TEST_PACKAGES="libcmocka-dev python3-pytest python3-psycopg2
	python3-requests python3-jsonschema python3-openpyxl python3-scipy
	python3-cryptography clang chromium chromium-driver python3-selenium
	fonts-wqy-microhei"
LONG_PACKAGES="clang-tidy debootstrap git docker-compose"
BENCH_API_PACKAGES="wrk"
BENCH_ENGINE_PACKAGES="g++ liblemon-dev"

missing_of()
{
	for package; do
		status=$(dpkg-query -W -f '${db:Status-Status}' "$package" \
			2>/dev/null) || status=none
		[ "$status" = installed ] || printf ' %s' "$package"
	done
}

as_root()
{
	if [ "$ME" = 0 ]; then
		"$@"
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

apt_install()
{
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
		--no-install-recommends "$@" </dev/null
}

# Debian's postgresql-15 makes and starts a cluster of its own when it is
# first installed. Nobody asked for that one: a drop-in forbids it, and goes
# away with the installation.
install_postgresql()
{
	drop_in=/etc/postgresql-common/createcluster.d/duikou.conf
	say "    (Debian's own cluster 'main' is not created along with it)"
	as_root mkdir -p "${drop_in%/*}"
	say "create_main_cluster = false" | as_root tee "$drop_in" >/dev/null
	if apt_install "$@"; then
		as_root rm -f "$drop_in"
	else
		as_root rm -f "$drop_in"
		return 1
	fi
}

# need WHY PACKAGE... - installs what is missing, saying what and why.
need()
{
	why=$1
	shift
	command -v dpkg-query >/dev/null ||
		die "made for Debian 12: no dpkg here. To $why it needs: $*"
	missing=$(missing_of "$@")
	[ -n "$missing" ] || return 0
	step "installing Debian packages to $why:$missing"
	if [ "$ME" != 0 ] && ! command -v sudo >/dev/null; then
		die "not root and no sudo; let root run: apt-get install$missing"
	fi
	if [ -z "${APT_UPDATED-}" ]; then
		as_root apt-get update -q </dev/null ||
			die "apt-get update failed; see above"
		APT_UPDATED=1
	fi
	installer=apt_install
	case " $missing " in
	*" postgresql-15 "*) installer=install_postgresql ;;
	esac
	# shellcheck disable=SC2086 # a list of words
	$installer $missing || die "apt-get install failed; see above"
}
