// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Synchat {

/// The folder with PostgreSQL's programs, those that ./dev has unpacked or those that are installed; empty:
/// there is none.
QString postgresPrograms();

} // namespace Synchat
