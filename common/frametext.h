// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Synchat {

/// The translation context of the sentences about frames.
struct FrameText
{
    Q_DECLARE_TR_FUNCTIONS(FrameText)
};

} // namespace Synchat
