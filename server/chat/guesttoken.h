// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QString>

#include <optional>

namespace Synchat {

/// `g` and 13 characters of base32: 65 random bits.
QString newGuestId(QRandomGenerator &random);

/// What makes a guest the same person again: the id and its signature by the daemon's secret. Nothing is kept
/// for it, so that it holds after a restart and no stranger can fill a table.
QString guestToken(const QString &userId, const QByteArray &secret);
/// The id in the token. Nothing: it was not made with this secret. Takes as long for every wrong signature.
std::optional<QString> guestIdFromToken(const QString &token, const QByteArray &secret);

} // namespace Synchat
