// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/bundlecheck.h"

#include <QCoreApplication>
#include <QStringList>

namespace Synchat {

/// The words for what a bundle is and what a check came to, for the window and the command. Pure.
class BundleText
{
    Q_DECLARE_TR_FUNCTIONS(BundleText)
public:
    /// With what a key was compared.
    enum class KeyQuestion : quint8 { None, Given, Server };

    /// What the manifest says, a sentence each: room, range, where it starts, when it was made, the clocks.
    static QStringList facts(const BundleManifest &manifest);
    /// By whom it is signed, and whether that is who it should be.
    static QString signer(const BundleVerdict &verdict, KeyQuestion question);
    /// What follows from it, in a sentence.
    static QString conclusion(const BundleVerdict &verdict);
    /// What a good bundle proves and what it does not, a sentence each.
    static QStringList proves();
    static QStringList doesNotProve();
};

} // namespace Synchat
