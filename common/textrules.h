// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace Synchat {

/// Rules about text from strangers that names and messages share. Pure.

/// UTF-16 that no UTF-8 can hold.
bool hasLoneSurrogate(QStringView text);
/// Nothing that anybody could see: only white space, control, format and filler characters, or nothing at
/// all.
bool isBlank(QStringView text);
/// A control character (C0, DEL, C1) or a line or paragraph separator.
bool isControl(char32_t character);
/// One that reorders the text around it: embeddings, overrides and isolates (U+202A to 202E, U+2066 to 2069).
bool isBidiControl(char32_t character);

} // namespace Synchat
