// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace Synchat {

/// The icon of the program in the sizes that are in the resources.
QIcon applicationIcon();

} // namespace Synchat
