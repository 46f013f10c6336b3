#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a folder includes one that it must not know, or uses a Qt module that is not for it, or a source has
no SPDX header. Usage: layers.py ROOT | layers.py --self-test"""
import pathlib
import re
import sys

# folder: the folders of ours whose headers it may include. The longest prefix counts.
MAY_KNOW = {
    "common": ["common"],
    "ntp": ["common", "ntp"],
    "server/net": ["common", "server/net"],
    "server/store": ["common", "server/store"],
    "server/bridge": ["common", "server/store", "server/bridge"],
    "server/shipping": ["common", "server/store", "server/shipping"],
    "server/chat": ["common", "ntp", "server/net", "server/store", "server/chat"],
    "server/web": ["common", "server/net", "server/web"],
    "server": ["common", "ntp", "server"],
    "client/core": ["common", "ntp", "client/core"],
    "client/cli": ["common", "client/core", "client/cli"],
    "client/demo": ["common", "client/cli", "client/demo"],
    "client/ui/view": ["common", "client/core", "client/ui/view"],
    "client/ui": ["common", "client/core", "client/ui"],
}
# What a folder must not use of Qt, by the names of its headers.
SOCKETS = r"Q(Tcp|Udp|Local|Ssl|Web|Abstract)Socket|Q(Tcp|Local|WebSocket)Server|QNetwork\w*|QHostAddress"
WIDGETS = r"Q\w*Widget\w*|QApplication|QGuiApplication|QPainter\w*|QMainWindow|QDialog"
SQL = r"QSql\w*"
SODIUM = r"sodium\w*\.h"  # signatures are made and checked in common/ alone
MUST_NOT_USE = {
    "common": [SOCKETS, WIDGETS, SQL, r"QFile|QDir|QSaveFile|QSettings"],
    "ntp": [WIDGETS, SQL, SODIUM],
    "server/net": [WIDGETS, SQL, SODIUM],
    "server/store": [SOCKETS, WIDGETS, SODIUM],
    "server/bridge": [SQL, WIDGETS, SODIUM],
    "server/shipping": [SOCKETS, WIDGETS, SODIUM],
    "server/chat": [SQL, WIDGETS, SODIUM],
    "server/web": [SQL, WIDGETS, SODIUM],
    "client/core": [WIDGETS, SQL, SODIUM],
    "client/cli": [WIDGETS, SQL, SODIUM],
    "client/demo": [WIDGETS, SQL, SODIUM],
}


def longest(table, path):
    found = [folder for folder in table if path == folder or path.startswith(folder + "/")]
    return max(found, key=len) if found else None


def problems_in(path, text):
    """`path` is relative to the root, with /."""
    place = longest(MAY_KNOW, path)
    if place is None:
        return
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(text.split("\n")[:3]):
        yield f"{path}: no SPDX header"
    for number, line in enumerate(text.split("\n"), 1):
        ours = re.match(r'\s*#include "([^"]+)"', line)
        if ours:
            included = ours[1]
            if not included.endswith(".moc") and not any(
                    included.startswith(folder + "/") for folder in MAY_KNOW[place]):
                yield f"{path}:{number}: {place} must not know {included}"
        foreign = re.match(r"\s*#include <([^>]+)>", line)
        table = longest(MUST_NOT_USE, path)
        if foreign and table:
            for pattern in MUST_NOT_USE[table]:
                if re.fullmatch(pattern, foreign[1].split("/")[-1]):
                    yield f"{path}:{number}: {table} must not use {foreign[1]}"


def self_test():
    header = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
    bad = [
        ("common/x.h", header + '#include "ntp/ntppacket.h"\n'),
        ("common/x.h", header + "#include <QTcpSocket>\n"),
        ("client/core/x.cpp", header + '#include "server/chat/room.h"\n'),
        ("client/core/x.cpp", header + "#include <QtWidgets/QWidget>\n"),
        ("server/net/x.cpp", header + '#include "server/chat/room.h"\n'),
        ("server/store/x.cpp", header + "#include <QTcpServer>\n"),
        ("server/bridge/x.cpp", header + "#include <QSqlQuery>\n"),
        ("server/store/x.cpp", header + '#include "server/bridge/restheart.h"\n'),
        ("server/chat/x.cpp", header + "#include <QSqlQuery>\n"),
        ("server/store/x.cpp", header + "#include <sodium.h>\n"),
        ("ntp/x.cpp", "// nothing\n"),
    ]
    good = [
        ("server/daemon.cpp", header + '#include "server/chat/chatserver.h"\n#include <QSqlDatabase>\n'),
        ("client/ui/view/x.cpp", header + '#include "client/core/roommodel.h"\n#include <QPainter>\n'),
        ("server/chat/x.cpp", header + '#include "server/net/netserver.h"\n'),
    ]
    return all(any(problems_in(*case)) for case in bad) and not any(list(problems_in(*case)) for case in good)


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 0 if self_test() else 1
    root = pathlib.Path(sys.argv[1])
    found = []
    files = [f for folder in ("common", "ntp", "server", "client") for f in sorted((root / folder).rglob("*"))
             if f.suffix in (".cpp", ".h")]
    for file in files:
        found += problems_in(file.relative_to(root).as_posix(), file.read_text())
    print("\n".join(found) or f"{len(files)} files are as they should be")
    return 1 if found or not files else 0


sys.exit(main())
