#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Node's ws, a WebSocket implementation that is not Qt's, runs the protocol.
set -euo pipefail
# shellcheck source=peers.sh
source "$(dirname "$0")/peers.sh"
need "$peers/usr/share/nodejs/ws"
start_daemon --bind 127.0.0.1 --ntp-port 0
NODE_PATH=$peers/usr/share/nodejs node "$(dirname "$0")/websocket.cjs" "$http_port"
