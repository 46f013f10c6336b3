// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Synchat {

/// A file that pages need, compiled in. Its name holds a hash of its content, so that it can be kept for
/// ever: what changes has another name.
struct WebAsset
{
    QByteArray contentType;
    QByteArray content;
};

/// Where pages find them: `/assets/history-0a1b2c3d4e5f.css`.
QString styleAddress();
QString iconAddress();
/// By the last part of such an address. Nothing: there is none of that name.
std::optional<WebAsset> findAsset(const QString &name);

} // namespace Synchat
