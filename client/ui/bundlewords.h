// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/bundlecheck.h"
#include "common/stamptext.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

namespace Synchat {

/// What the dialog says of a checked bundle. `serverKey`: of the server that the window is connected to;
/// nothing: it is connected to none, or that tells no key. Pure.
class BundleWords
{
    Q_DECLARE_TR_FUNCTIONS(BundleWords)
public:
    BundleWords(BundleVerdict verdict, const std::optional<QString> &serverKey);

    Mark mark = Mark::Unknown;
    QString headline;  ///< the verdict in a few words
    QString fault;     ///< what is wrong, a sentence that names the first bad message; empty when nothing is
    QString signature; ///< who signed it, and whether that is the server's key
    QStringList facts; ///< empty: it has no manifest that could be read
    QString conclusion;
};

} // namespace Synchat
