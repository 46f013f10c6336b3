#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# What other people's clients make of our server when it follows somebody, when it has heard nobody, and when they ask
# too often.
set -euo pipefail
# shellcheck source=ntp_peers.sh
source "$(dirname "$0")/ntp_peers.sh"
export SYNCHAT_TIME_OS_CLOCK=no

chronyd_follows() { # SERVER REFERENCE-ID STRATUM
  start_chronyd "server $1 iburst minpoll -2 maxpoll -2" "port 0"
  local follows=0
  chronyd_says sources '^^\*' || follows=1
  chronyd_says ntpdata "^Reference ID *: $2" || follows=1
  chronyd_says ntpdata "^Stratum *: $3" || follows=1
  end_last
  return "$follows"
}
refuses() { ! "$@"; }
ntpdig_reads() { ntpdig_says "$1"; }
chronyd_sees() { # SECONDS SERVER: "System clock wrong by" is said only of what it believes
  chronyd_asks "$1" "server $2 iburst" | grep "System clock wrong"
}

# ---- it follows another of our daemons, which has no sources ------------------------------------------------
start_daemon --ntp-port 10123
SYNCHAT_TIME_NTP_SERVERS=127.0.0.1:10123 start_daemon --ntp-port 123
is_stratum() { ntpdig_says 127.0.0.1 "\"stratum\":$1," >/dev/null 2>&1; }
check "it gets to stratum 11" until_true 30 is_stratum 11
check "ntpdig reads stratum 11" ntpdig_says ::1 '"stratum":11' '"leap":"no-leap"'
check "chronyd follows stratum 11 with the upstream's address" chronyd_follows 127.0.0.1 7F000001 11
end_last
# The first four bytes of the MD5 of ::1 (RFC 5905 §7.3).
SYNCHAT_TIME_NTP_SERVERS="[::1]:10123" start_daemon --ntp-port 123
check "it gets to stratum 11 by IPv6" until_true 30 is_stratum 11
check "chronyd reads the digest of an IPv6 upstream" chronyd_follows 127.0.0.1 \
  "$(printf '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1' | md5sum | cut -c 1-8 | tr a-f A-F)" 11
end_last
# A link-local address, which says nothing without its interface.
ip address add fe80::1/64 dev lo nodad
SYNCHAT_TIME_NTP_SERVERS="[fe80::1%lo]:10123" start_daemon --ntp-port 123
check "it gets to stratum 11 by a link-local address" until_true 30 is_stratum 11
end_last
end_last

# ---- it follows chronyd ---------------------------------------------------------------------------------------
start_chronyd "local stratum 2" "allow" "port 10123"
SYNCHAT_TIME_NTP_SERVERS=127.0.0.1:10123 start_daemon --ntp-port 123
check "it follows chronyd's stratum 2" until_true 30 is_stratum 3
end_last
end_last

# ---- it has sources and has heard none of them -------------------------------------------------------------
SYNCHAT_TIME_NTP_SERVERS=127.0.0.1:9 start_daemon --ntp-port 123
check "ntpdig refuses who has heard nobody" refuses ntpdig_reads 127.0.0.1
check "chronyd refuses who has heard nobody" refuses chronyd_sees 4 127.0.0.1
end_last

# ---- local stratum -------------------------------------------------------------------------------------------
SYNCHAT_NTP_LOCAL_STRATUM=5 start_daemon --ntp-port 123
check "the local stratum can be set" ntpdig_says 127.0.0.1 '"stratum":5'
end_last

# ---- who asks too often is told ------------------------------------------------------------------------------
SYNCHAT_NTP_RATE_LIMIT_LAN=yes SYNCHAT_NTP_RATE_PER_SECOND=1 SYNCHAT_NTP_RATE_BURST=1 start_daemon --ntp-port 123
chronyd_obeys() {
  # By four names from one address, each at least once a second: whatever chronyd makes of delays and misses.
  start_chronyd "bindacqaddress 127.0.0.1" "port 0" "server 127.0.0.1 minpoll -4 maxpoll 0" \
    "server 127.0.0.2 minpoll -4 maxpoll 0" "server 127.0.0.3 minpoll -4 maxpoll 0" \
    "server 127.0.0.4 minpoll -4 maxpoll 0"
  local obeys=0
  until_true 30 grep -qs "Received KoD RATE from 127\.0\.0\." "$work/chronyd.log" || obeys=1
  cat "$work/chronyd.log"
  end_last
  return "$obeys"
}
check "chronyd hears that it asks too often" chronyd_obeys
exit "$((failures > 0))"
