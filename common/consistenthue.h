// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Synchat {

/// The hue that every chat program gives to this name: XEP-0392, in degrees [0, 360).
double consistentHue(const QString &name);

} // namespace Synchat
