#!/usr/bin/env bash
# Usage (as root): ./dev fresh-machine [COMMAND…]      KEEP=1 keeps the folder
#
# The proof that a clone and one command are enough: an empty Debian 12 in a temporary folder, a
# clone of what is committed here, and then each COMMAND as `./dev COMMAND` in it; without any,
# "demo --once" and "test". Prints time and disk of each and fails when one fails or leaves a
# process behind. This machine's package mirrors, proxies and certificate authorities are lent to
# it for the run.
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
say() { printf 'fresh machine: %s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

if [[ ${1-} == -h || ${1-} == --help ]]; then sed -n '2,9{s/^# \{0,1\}//;p}' "$0"; exit; fi
[[ $EUID -eq 0 ]] || fail "needs root (debootstrap and mounts)"
type -P debootstrap >/dev/null || fail "needs debootstrap: apt-get install debootstrap"
[[ $# -gt 0 ]] || set -- "demo --once" "test"

machine=$(mktemp -d "${TMPDIR:-/tmp}/mailflow-fresh.XXXXXX")
chmod 755 "$machine"
[[ -n ${KEEP-} ]] || trap 'rm -rf --one-file-system "$machine"' EXIT

# shellcheck disable=SC2016  # the format is apt's
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
say "Debian 12 from ${mirror:=http://deb.debian.org/debian} into $machine"
debootstrap --variant=minbase bookworm "$machine" "$mirror" >"$machine.log" 2>&1 ||
  { tail -n 5 "$machine.log" >&2; fail "debootstrap failed"; }
rm "$machine.log"

# What belongs to this machine's network, not to the project.
rm -f "$machine/etc/apt/sources.list"
for sources in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  [[ -s $sources ]] && cp "$sources" "$machine${sources}"
done
apt-config dump | grep -E '^Acquire::(http|https|Check)' >"$machine/etc/apt/apt.conf.d/99lent" || true
cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
lent=(HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "TERM=${TERM:-dumb}")
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY \
  PIP_INDEX_URL PIP_DEFAULT_TIMEOUT UV_INDEX_URL UV_DEFAULT_INDEX UV_HTTP_TIMEOUT \
  CI MAILFLOW_REQUIRE_REAL; do
  [[ -z ${!name-} ]] || lent+=("$name=${!name}")
done
if [[ -n ${SSL_CERT_FILE-} ]]; then
  mkdir -p "$machine/etc/ssl"
  cp -L "$SSL_CERT_FILE" "$machine/etc/ssl/lent.crt"
  lent+=(SSL_CERT_FILE=/etc/ssl/lent.crt PIP_CERT=/etc/ssl/lent.crt)
fi

git clone --quiet --no-hardlinks "$here" "$machine/root/mailflow"
rm -rf "$machine/var/cache/apt/archives"/*.deb
say "$(git -C "$here" log -1 --format='%h %s'); $(du -sm "$machine" | cut -f1) MB before the first command"

# inside COMMAND: in mount and process namespaces of its own, so that nothing outlives it here. The
# last line counts what the command left running.
# shellcheck disable=SC2016  # the inner shell expands these
inside() {
  env -i "${lent[@]}" unshare --mount --pid --fork --kill-child bash -c '
    mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount -t tmpfs tmpfs "$1/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
    chroot "$1" bash -c "cd /root/mailflow && ./dev $2" </dev/null || exit
    sleep 1
    for process in "$1"/proc/[0-9]*; do
      [[ ${process##*/} -eq 1 ]] || left+=" $(<"$process/comm")"
    done
    [[ -z ${left-} ]] || { echo "left running:$left"; exit 1; }
  ' inside "$machine" "$1"
}

for words; do
  say "./dev $words"
  before=$(du -sm "$machine" | cut -f1) started=$SECONDS status=0
  inside "$words" || status=$?
  grown=$(($(du -sm "$machine" | cut -f1) - before))
  say "./dev $words: exit $status, $((SECONDS - started)) s, $grown MB more on disk"
  [[ $status -eq 0 ]] || exit "$status"
done
