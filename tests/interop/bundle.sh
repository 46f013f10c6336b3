#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Bundles checked by Python's hashlib and by openssl, with the very commands that common/EVIDENCE.md prints.
set -euo pipefail
# shellcheck source=peers.sh
source "$(dirname "$0")/peers.sh"
document=$(realpath "$(dirname "$0")/../../common/EVIDENCE.md")
need "$(command -v openssl || echo /usr/bin/openssl)"
need "$(command -v python3 || echo /usr/bin/python3)"

code_of() { # LANGUAGE PATTERN: the one block of the document in this language that has the pattern
  awk -v language="$1" -v pattern="$2" '
    $0 == "```" && inside { if (index(block, pattern)) printf "%s", block; inside = 0; next }
    inside { block = block $0 "\n" }
    $0 == "```" language { inside = 1; block = "" }' "$document"
}

start_daemon --bind 127.0.0.1 --ntp-port 0
data=$work/daemon0/data
for words in 'first ü "quoted" \ back' $'tab\there' '=1+2' "last 💾"; do
  printf '%s\n' "$words"
done | "$SYNCHAT_BIN/synchat-cli" --server "127.0.0.1:$http_port" --name ana --once >/dev/null 2>&1
key=$(curl -s "http://127.0.0.1:$http_port/api/v1/time" | python3 -c 'import json, sys; print(json.load(sys.stdin)["key"])')
export_bundle() { "$SYNCHAT_BIN/synchatd" export --data-dir "$data" --format bundle --out "$work/B" --force "$@"; }

code_of python 'import' >"$work/check.py"
stranger() { python3 "$work/check.py" "$work/B" "$key"; }
stranger_refuses() { ! stranger; }
ours() { "$SYNCHAT_BIN/synchatd" verify "$work/B" --key "$key"; }
with_tools() {
  code_of sh sha256sum | sed "s|KEY|$key|" >"$work/tools.sh"
  (cd "$work" && sh -e tools.sh) && [ "$(head -n -2 "$work/B" | sha256sum | cut -d' ' -f1)" = \
    "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["content"])' "$work/manifest.json")" ]
}
time_stamp_query() { (cd "$work" && code_of sh 'openssl ts -query' | grep -v 'curl\|ts -verify' | sh -e && [ -s manifest.tsq ]); }

check "a bundle beside a running daemon" export_bundle
check "python agrees" stranger
check "sha256sum and openssl agree" with_tools
check "synchatd verify agrees" ours
check "openssl makes a query for a time stamp" time_stamp_query
cp "$work/B" "$work/good"
tamper() { sed "$1" "$work/good" >"$work/B"; }
tamper 's/"text":"last/"text":"lost/'
check "python sees a changed text" stranger_refuses
tamper '3d'
check "python sees a message that was left out" stranger_refuses
tamper 's/"algorithm"/"algorithm" /; $s/A/B/'
check "python sees a changed signature" stranger_refuses
from=$(sed -n 3p "$work/good" | python3 -c 'import json, sys; s = json.load(sys.stdin)["message"]["stamps"]; print(s["best"]["t"] or s["local"]["t"])')
check "a bundle from the middle" export_bundle --from "$from"
check "python agrees about that" stranger
check "it begins there" grep -q '"first":[2-4]' "$work/B"
end_last
check "a bundle after the daemon has ended" export_bundle
check "it holds the states of the sources" grep -q '"sources":\[' "$work/B"
check "python agrees about that, too" stranger

for i in $(seq 30); do printf '%s\n' "$i: $(head -c 3000 /dev/zero | tr '\0' x)"; done >"$work/long"
start_daemon --bind 127.0.0.1 --ntp-port 0
data=$work/daemon0/data
"$SYNCHAT_BIN/synchat-cli" --server "127.0.0.1:$http_port" --name ana --once <"$work/long" >/dev/null 2>&1
set +o pipefail
"$SYNCHAT_BIN/synchatd" export --data-dir "$data" 2>"$work/noise" | head -c 10 >/dev/null
status=${PIPESTATUS[0]}
set -o pipefail
check "a reader that goes away is no noise" test "$status $(wc -c <"$work/noise")" = "1 0"
full() { ! "$SYNCHAT_BIN/synchatd" export --data-dir "$data" >/dev/full 2>"$work/noise" && grep -q 'No space left' "$work/noise"; }
check "a full disk is said" full
exit "$((failures > 0))"
