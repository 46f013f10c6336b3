// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/message.h"
#include "server/store/history.h"

#include <QByteArray>
#include <QJsonObject>

namespace Synchat {

// Messages and rooms as documents of MongoDB, in its extended JSON (version 2, relaxed).
// Pure: what is written here is read again in any spelling that a bridge uses.

/// A message with what the history knows of it besides.
struct ShippedMessage
{
    Message message;
    QString epoch;      ///< of the room's history
    qint64 arrival = 0; ///< counts every message of the whole history from 1, in the order of commit
    QByteArray chain;   ///< ChainHashBytes

    friend bool operator==(const ShippedMessage &, const ShippedMessage &) = default;
};

/// The `_id`: `<room>:<epoch>:<seq>`.
QString messageDocumentId(const QString &room, const QString &epoch, qint64 seq);

/// The fields of the wire's `message`, and besides `_id`, `epoch`, `arrival`, `chain` (hex),
/// `at` {live, local, api, ntp, best}: the five times as dates (null: none, or outside the years 1 to 9999;
/// milliseconds, cut off towards the past), and `skew` {live, local, api, ntp}: microseconds by which each
/// clock was ahead, or null. Text of a JSON object.
QByteArray messageDocument(const ShippedMessage &shipped);

/// Nothing: no document of ours, or one that was changed into none. What is not in messageDocument() is not
/// looked at, `at` and `skew` neither, since both follow from the stamps.
std::optional<ShippedMessage> messageFromDocument(const QJsonObject &document);

/// A room, and to which of the histories that a collection may hold it belongs.
struct ShippedRoom
{
    StoredRoom room; ///< without firstSeq and lastSeq
    /// The epoch of `general` in the same history: what tells apart the histories of one bridge.
    QString history;
    WireMicros since = 0; ///< when the document was made: the newer history has the later ones
    /// The last message that had been deleted from the room's front by then; 0: none.
    qint64 cutSeq = 0;
    QByteArray cutChain; ///< ChainHashBytes, or empty
};

/// `_id` (`<room>:<epoch>`), `room`, `title`, `epoch`, `number`, `history`, `since`, `cutSeq` and `cutChain`
/// (hex).
QByteArray roomDocument(const ShippedRoom &shipped);
/// Nothing: no document of ours.
std::optional<ShippedRoom> roomFromDocument(const QJsonObject &document);

/// The same value in JSON's own spelling: `{"$numberLong":"5"}` is 5, and so are `$numberInt` and
/// `$numberDouble`; `{"$date":…}` (a number of milliseconds, one in `$numberLong`, or ISO 8601) is
/// milliseconds since 1970, UTC; `{"$oid":"…"}` is its text. What is none of these stays as it is, at any
/// depth.
QJsonValue plainJson(const QJsonValue &value);

} // namespace Synchat
