#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the interop tests of NTP: other people's NTP programs. Each is only ever told to look (-Q, -q, -x), never
# to set a clock. Some know port 123 alone, so all of it runs in a network namespace of its own.
if [ -z "${SYNCHAT_IN_NAMESPACE:-}" ]; then
  user=()
  [ "$(id -u)" = 0 ] || user=(--user --map-root-user)
  SYNCHAT_IN_NAMESPACE=1 exec unshare --net "${user[@]}" "$0" "$@"
fi
# shellcheck source=peers.sh
source "$(dirname "$0")/peers.sh"
ip link set lo up

chronyd=$peers/usr/sbin/chronyd
chronyc=$peers/usr/bin/chronyc
ntpdig=$peers/usr/bin/ntpdig
ntpdate=$peers/usr/sbin/ntpdate
timesyncd=$peers/lib/systemd/systemd-timesyncd
for program in "$chronyd" "$chronyc" "$ntpdig" "$ntpdate" "$timesyncd"; do need "$program"; done

export PYTHONPATH=$peers/usr/lib/python3/dist-packages
mkdir -p "$work/bin"
printf '#!/bin/sh\nexec /usr/bin/python3 %q "$@"\n' "$ntpdig" >"$work/bin/ntpdig"
chmod +x "$work/bin/ntpdig"

# The offset that NAME reads must be far below a tenth of a second: same machine, same clock.
small() { awk -v x="$1" 'BEGIN { if (x < 0) x = -x; exit !(x < 0.1) }'; }

ntpdig_says() { # ADDRESS PATTERN...: what it prints of the server has each of them
  local line pattern
  line=$("$work/bin/ntpdig" -t 5 -j "$1") || return
  shift
  echo "$line"
  small "$(printf '%s' "$line" | sed -n 's/.*"offset":\([-0-9.e]*\).*/\1/p')" || return
  for pattern in "$@"; do
    printf '%s' "$line" | grep -q "$pattern" || return
  done
}
ntpdate_reads() { # ADDRESS
  PATH="$work/bin:$PATH" "$ntpdate" -q "$1" | tee "$work/ntpdate"
  grep -q '^[0-9]' "$work/ntpdate"
}
chronyd_asks() { # SECONDS SERVER LINE
  "$chronyd" -Q -t "$1" -f /dev/null -u root "$2" "pidfile $work/chronyd-q.pid" "cmdport 0" 2>&1 | tee "$work/chronyd-q"
}
chronyd_reads() { # SERVER LINE
  chronyd_asks 20 "$1"
  # "System clock wrong by 0.000012 seconds (ignored)"
  small "$(sed -n 's/.*System clock wrong by \([-0-9.]*\) seconds.*/\1/p' "$work/chronyd-q" | grep .)"
}
start_chronyd() { # CONFIGURATION LINE...: as a daemon that leaves the clock alone; ask_chronyd asks it
  rm -f "$work/chronyd.log" # of one before
  "$chronyd" -x -d -f /dev/null -u root "pidfile $work/chronyd.pid" "bindcmdaddress $work/chronyd.sock" "cmdport 0" \
    "$@" >"$work/chronyd.log" 2>&1 &
  running+=($!)
}
ask_chronyd() { "$chronyc" -n -h "$work/chronyd.sock" "$@"; }
chronyd_says() { # COMMAND PATTERN: sooner or later
  asks() { ask_chronyd "$1" 2>&1 | tee "$work/chronyc" | grep -q "$2"; }
  until_true 30 asks "$1" "$2" || { cat "$work/chronyc" "$work/chronyd.log"; return 1; }
  cat "$work/chronyc"
}
# It would set the clock if it could: it runs in a user namespace, which has no say over the machine's clock, and
# that it was refused is part of the test.
timesyncd_contacts() { # ADDRESS
  cat >"$work/timesyncd.sh" <<'INNER'
set -eu
mount -t tmpfs none /run
mount -t tmpfs none /var/lib
mkdir -p /run/systemd/timesyncd.conf.d /run/systemd/timesync /var/lib/systemd/timesync
printf '[Time]\nNTP=%s\nFallbackNTP=\n' "$2" >/run/systemd/timesyncd.conf.d/test.conf
exec setpriv --no-new-privs unshare --user --map-user=1000 --map-group=1000 timeout 20 "$1"
INNER
  rm -f "$work/timesyncd" # of one before
  SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=debug unshare --user --map-root-user --mount \
    sh "$work/timesyncd.sh" "$timesyncd" "$1" >"$work/timesyncd" 2>&1 &
  running+=($!)
  local contacted=0
  until_true 20 grep -qs "Contacted time server" "$work/timesyncd" || contacted=1
  end_last
  cat "$work/timesyncd"
  return "$contacted"
}
