// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/jsonwriter.h"
#include "common/protocol.h"

namespace Synchat {

// How a message stands inside frames. For other formats use what protocol.h offers.

QString probePathName(ProbePath via); ///< empty for None

void appendLive(JsonWriter &writer, QLatin1StringView key, const LiveStamp &live);
/// The whole `message` object with its `type`, fields in the order of common/PROTOCOL.md.
void appendMessage(JsonWriter &writer, const Message &message);
/// The object `stamps` of a message, as JSON text.
QByteArray stampsText(const Stamps &stamps);
/// The same as stampsFromJson() of that text, without a JSON parser where scanStamps() is enough: else that
/// would take most of the time of a page of history.
Stamps stampsFromText(const QString &json);
/// Reads what stampsText() writes and nothing else, so that it needs no JSON parser. Nothing: it stands
/// otherwise.
std::optional<Stamps> scanStamps(const QString &json);
/// About how many bytes appendMessage writes.
qsizetype expectedBytes(const Message &message);

/// Nothing: room, seq, author or text are missing or wrong. Stamps are read leniently.
std::optional<Message> messageFromJson(const QJsonObject &json);

} // namespace Synchat
