// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Synchat {

/// How well `pattern` fits `text`, higher is better: all its characters in their order, case ignored; runs,
/// starts of words and the start of the text count more. Nothing: it does not fit. An empty pattern fits
/// everything with 0.
std::optional<int> fuzzyScore(const QString &pattern, const QString &text);

} // namespace Synchat
