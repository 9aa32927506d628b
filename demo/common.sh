# shellcheck shell=bash
# Helpers that the scripts of the demonstration and ./sallyport share: sourced, never run.

SP_STARTED=${SP_STARTED:-$SECONDS}
export SP_CACHE=${SALLYPORT_CACHE:-/var/cache/sallyport}

# A progress line with the time since the script began; to standard error, so that output can be piped.
say() {
  printf '[%3ds] %s\n' "$((SECONDS - SP_STARTED))" "$*" >&2
}

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

need_root() {
  [ "$(id -u)" -eq 0 ] || die "$1 needs root (it makes network namespaces, bridges and containers); run it with sudo"
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# wait_for SECONDS WHAT COMMAND...: polls until the command succeeds; says what it waits for when that takes long.
wait_for() {
  local limit=$1 what=$2 begin=$SECONDS said=0
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $((SECONDS - begin)) -ge "$limit" ]; then
      return 1
    fi
    if [ "$said" -eq 0 ] && [ $((SECONDS - begin)) -ge 5 ]; then
      say "still waiting for $what (at most $limit s)"
      said=1
    fi
    sleep 0.2
  done
}

# alive PIDFILE TEXT: the process of the file runs, and is the one we started (its command line holds TEXT).
alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "$2"
}

# stop_process PIDFILE TEXT [SECONDS]: ends it gently, then for good; never a process that is not ours.
stop_process() {
  local pid i
  if alive "$1" "$2"; then
    pid=$(cat "$1")
    kill "$pid" 2>/dev/null || true
    for ((i = 0; i < ${3:-10} * 5; i++)); do
      [ -d "/proc/$pid" ] || break
      sleep 0.2
    done
    kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$1"
}

# need_packages [PACKAGE=COMMAND=REASON]...: installs the Debian packages whose command or file is absent, and says
# why. No service that comes with a package is started.
need_packages() {
  local spec package probe reason missing=()
  for spec in "$@"; do
    IFS='=' read -r package probe reason <<<"$spec"
    case $probe in
      /*) compgen -G "$probe" >/dev/null && continue ;;
      *) have "$probe" && continue ;;
    esac
    say "missing: Debian package $package ($reason)"
    missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  have apt-get || die "no apt-get here; install by hand: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || die "not root, cannot install: ${missing[*]}; run: sudo apt-get install --no-install-recommends ${missing[*]}"
  apt_lists
  say "installing ${missing[*]}"
  local guard=/usr/sbin/policy-rc.d guarded=0 result=0
  if [ ! -e "$guard" ]; then
    # Debian's own way to keep a package from starting its service on this host.
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod 755 "$guard"
    guarded=1
  fi
  DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends install "${missing[@]}" \
    >"${TMPDIR:-/tmp}/sallyport-apt.log" 2>&1 </dev/null || result=$?
  [ "$guarded" -eq 0 ] || rm -f "$guard"
  if [ "$result" -ne 0 ]; then
    tail -n 5 "${TMPDIR:-/tmp}/sallyport-apt.log" >&2
    die "apt-get could not install ${missing[*]}; the whole log is in ${TMPDIR:-/tmp}/sallyport-apt.log"
  fi
  rm -f "${TMPDIR:-/tmp}/sallyport-apt.log"
}

# Package lists are fetched once, and only where there are none.
apt_lists() {
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null && return 0
  say "fetching the package lists (apt-get update)"
  apt-get -qq update || die "apt-get update failed; look at the network and at /etc/apt/sources.list"
}
