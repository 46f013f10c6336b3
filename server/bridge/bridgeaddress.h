// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/result.h"

#include <QString>
#include <QUrl>

namespace Synchat {

/// Where a REST bridge shows the collection of messages: checked, http or https, without user and password,
/// query and fragment. How deep the path is depends on what the bridge mounts, so nothing is guessed: the
/// last part names the collection, what stands before it the database.
class BridgeAddress
{
public:
    /// The error says what the address must be, to go on from "must be"; it holds nothing of a user or
    /// password that `text` may carry.
    static Result<BridgeAddress, QString> parse(const QString &text);

    QUrl messages() const { return m_messages; }
    QUrl rooms() const;    ///< the collection beside it, `<name>_rooms`
    QUrl database() const; ///< what stands before the collection
    /// As the address carried them; empty: it carried none.
    QString user() const { return m_user; }
    QString password() const { return m_password; }
    /// Whoever listens on the way reads everything, the password included.
    bool isOpenToListeners() const;

private:
    BridgeAddress() = default;

    QUrl m_messages;
    QString m_user;
    QString m_password;
};

} // namespace Synchat
