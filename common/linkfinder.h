// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace Synchat {

/// A link inside a text: UTF-16 units.
struct TextLink
{
    qsizetype start = 0;
    qsizetype length = 0;
    QUrl url;

    friend bool operator==(const TextLink &, const TextLink &) = default;
};

/// The http and https addresses in a text, in their order. What commonly follows an address in a sentence
/// (a full stop, a closing bracket that it did not open) is not part of it. Other schemes are never links.
QList<TextLink> findLinks(const QString &text);

} // namespace Synchat
