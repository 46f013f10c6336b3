// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Synchat {

/// What a person at a terminal means by a line: `/search words` searches; everything else is posted as it is,
/// with a slash in front too, but for `//search words`, which is posted without the first slash.
struct TypedLine
{
    bool isSearch = false;
    QString text; ///< the words to search for, or the message

    static TypedLine read(const QString &line);

    friend bool operator==(const TypedLine &, const TypedLine &) = default;
};

} // namespace Synchat
