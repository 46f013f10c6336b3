# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the interop tests: where the other programs are, and a daemon of our own.

peers=${SYNCHAT_INTEROP_ROOT:?set by ./dev test: the folder with the unpacked programs}

# Without the other programs there is no test: said loudly, and in CI it is a failure.
need() { # PATH
  [ -e "$1" ] && return
  echo "LEFT OUT: $1 is missing; ./dev test unpacks it" >&2
  [ -z "${CI:-}" ] || exit 1
  exit 77
}

daemon_pid=
work=$(mktemp -d)
cleanup() {
  if [ -n "$daemon_pid" ]; then
    kill -TERM "$daemon_pid" 2>/dev/null || true
    wait "$daemon_pid" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT

start_daemon() { # flags...; sets http_port and ntp_port
  "$SYNCHAT_BIN/synchatd" --port 0 --data-dir "$work/data" "$@" >"$work/ready" 2>"$work/log" &
  daemon_pid=$!
  local tries=0
  until grep -q '^synchatd ready' "$work/ready"; do
    kill -0 "$daemon_pid" 2>/dev/null || { cat "$work/log" >&2; echo "the daemon did not start" >&2; exit 1; }
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { echo "the daemon is not ready after 30 s" >&2; exit 1; }
    sleep 0.05
  done
  http_port=$(sed -n 's/.*http=.*:\([0-9]*\) ntp=.*/\1/p' "$work/ready")
  ntp_port=$(sed -n 's/.*ntp=.*:\([0-9]*\) pid=.*/\1/p' "$work/ready")
}

failures=0
check() { # NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    echo "ok   $name"
  else
    echo "FAIL $name"
    sed 's/^/     /' "$work/out"
    failures=$((failures + 1))
  fi
}
