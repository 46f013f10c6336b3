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

running=() # every program that was started in the background and not ended yet
work=$(mktemp -d)
end_last() { # ends what was started last
  kill -TERM "${running[-1]}" 2>/dev/null || true
  wait "${running[-1]}" 2>/dev/null || true
  unset 'running[-1]'
}
cleanup() {
  [ "$BASHPID" = "$$" ] || return # one that is ended before it has become its program
  while [ ${#running[@]} -gt 0 ]; do end_last; done
  rm -rf "$work"
}
trap cleanup EXIT

until_true() { # SECONDS COMMAND...: asks again and again
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.05
  done
}

start_daemon() { # flags...; sets http_port and ntp_port
  local here=$work/daemon${#running[@]}
  mkdir -p "$here"
  rm -f "$here/ready" # of one before in this place
  "$SYNCHAT_BIN/synchatd" --port 0 --data-dir "$here/data" "$@" >"$here/ready" 2>"$here/log" &
  local pid=$!
  running+=("$pid")
  is_ready() { grep -qs '^synchatd ready' "$here/ready" || ! kill -0 "$pid" 2>/dev/null; }
  until_true 30 is_ready || { echo "the daemon is not ready after 30 s" >&2; exit 1; }
  grep -q '^synchatd ready' "$here/ready" || { cat "$here/log" >&2; echo "the daemon did not start" >&2; exit 1; }
  http_port=$(sed -n 's/.*http=.*:\([0-9]*\) ntp=.*/\1/p' "$here/ready")
  ntp_port=$(sed -n 's/.*ntp=.*:\([0-9]*\) pid=.*/\1/p' "$here/ready")
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
