#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# ntpdig, ntpdate and chronyd read the time from our server. Each is only ever told to look (-Q, -q), never to set a
# clock. ntpdig and ntpdate know port 123 alone, so all of it runs in a network namespace of its own.
set -euo pipefail
if [ -z "${SYNCHAT_IN_NAMESPACE:-}" ]; then
  user=()
  [ "$(id -u)" = 0 ] || user=(--user --map-root-user)
  SYNCHAT_IN_NAMESPACE=1 exec unshare --net "${user[@]}" "$0" "$@"
fi
# shellcheck source=peers.sh
source "$(dirname "$0")/peers.sh"
ip link set lo up

chronyd=$peers/usr/sbin/chronyd
ntpdig=$peers/usr/bin/ntpdig
ntpdate=$peers/usr/sbin/ntpdate
need "$chronyd"
need "$ntpdig"
need "$ntpdate"

start_daemon --ntp-port 123
export PYTHONPATH=$peers/usr/lib/python3/dist-packages
mkdir -p "$work/bin"
printf '#!/bin/sh\nexec /usr/bin/python3 %q "$@"\n' "$ntpdig" >"$work/bin/ntpdig"
chmod +x "$work/bin/ntpdig"

# The offset that NAME reads must be far below a millisecond's hundredfold: same machine, same clock.
small() { awk -v x="$1" 'BEGIN { if (x < 0) x = -x; exit !(x < 0.1) }'; }

ntpdig_reads() { # ADDRESS
  local line
  line=$("$work/bin/ntpdig" -t 5 -j "$1")
  echo "$line"
  small "$(printf '%s' "$line" | sed -n 's/.*"offset":\([-0-9.e]*\).*/\1/p')"
  printf '%s' "$line" | grep -q '"stratum":10' && printf '%s' "$line" | grep -q '"leap":"no-leap"'
}
ntpdate_reads() {
  PATH="$work/bin:$PATH" "$ntpdate" -q "$1" | tee "$work/ntpdate"
  grep -q '^[0-9]' "$work/ntpdate"
}
chronyd_reads() { # SERVER LINE
  "$chronyd" -Q -t 20 -f /dev/null -u root "$1" "pidfile $work/chronyd.pid" "cmdport 0" 2>&1 | tee "$work/chronyd"
  # "System clock wrong by 0.000012 seconds (ignored)"
  small "$(sed -n 's/.*System clock wrong by \([-0-9.]*\) seconds.*/\1/p' "$work/chronyd" | grep .)"
}

check "ntpdig over IPv4" ntpdig_reads 127.0.0.1
check "ntpdig over IPv6" ntpdig_reads ::1
check "ntpdate" ntpdate_reads 127.0.0.1
check "chronyd -Q over IPv4, a burst" chronyd_reads "server 127.0.0.1 iburst maxsamples 4"
check "chronyd -Q over IPv6" chronyd_reads "server ::1 iburst maxsamples 4"
check "chronyd -Q, protocol version 3" chronyd_reads "server 127.0.0.1 iburst maxsamples 4 version 3"
exit "$((failures > 0))"
