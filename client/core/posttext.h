// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Synchat {

/// Why a text makes no message, a sentence; empty: it makes one. `limit` in UTF-16 units. Pure.
QString problemOfPostText(const QString &text, qsizetype limit);

} // namespace Synchat
