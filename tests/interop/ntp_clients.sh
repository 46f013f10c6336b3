#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# ntpdig, ntpdate, chronyd and systemd-timesyncd read the time from our server, which has no sources.
set -euo pipefail
# shellcheck source=ntp_peers.sh
source "$(dirname "$0")/ntp_peers.sh"
export SYNCHAT_TIME_OS_CLOCK=no
start_daemon --ntp-port 123

chronyd_daemon_follows() { # ADDRESS VERSION
  start_chronyd "server $1 iburst minpoll -2 maxpoll -2 version $2" "port 0"
  local follows=0
  chronyd_says sources '^^\*' || follows=1
  # Stratum 10, the local clock's reference id, all of its tests passed.
  chronyd_says ntpdata "^Reference ID *: 7F7F0101" || follows=1
  chronyd_says ntpdata "^Stratum *: 10" || follows=1
  chronyd_says ntpdata "^NTP tests *: 111 111 1111" || follows=1
  end_last
  return "$follows"
}
timesyncd_follows() { # ADDRESS
  timesyncd_contacts "$1" && grep -q "clock_adjtime(): Operation not permitted" "$work/timesyncd" \
    && grep -q "stratum *: 10" "$work/timesyncd"
}

check "ntpdig over IPv4" ntpdig_says 127.0.0.1 '"stratum":10' '"leap":"no-leap"'
check "ntpdig over IPv6" ntpdig_says ::1 '"stratum":10' '"leap":"no-leap"'
check "ntpdate over IPv4" ntpdate_reads 127.0.0.1
check "ntpdate over IPv6" ntpdate_reads ::1
check "chronyd -Q over IPv4, a burst" chronyd_reads "server 127.0.0.1 iburst maxsamples 4"
check "chronyd -Q over IPv6" chronyd_reads "server ::1 iburst maxsamples 4"
check "chronyd -Q, protocol version 3" chronyd_reads "server 127.0.0.1 iburst maxsamples 4 version 3"
check "chronyd follows it over IPv4" chronyd_daemon_follows 127.0.0.1 4
check "chronyd follows it over IPv6, version 3" chronyd_daemon_follows ::1 3
check "systemd-timesyncd over IPv4" timesyncd_follows 127.0.0.1
check "systemd-timesyncd over IPv6" timesyncd_follows ::1
exit "$((failures > 0))"
