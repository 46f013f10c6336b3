// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/roomrowtext.h"

#include "common/stamptext.h"
#include "common/timestamp.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

QString screenReaderText(const RoomRow &row)
{
    const Message &message = row.message;
    switch (row.kind) {
    case RoomRow::Kind::Gap:
        return RoomModel::tr("%n message(s) missing here.", nullptr,
                             static_cast<int>(std::min<qint64>(row.gapTo - row.gapFrom + 1, 1'000'000'000)));
    case RoomRow::Kind::Pending:
        return RoomModel::tr("%1, sending: %2").arg(message.from.name, message.text);
    case RoomRow::Kind::Failed:
        return RoomModel::tr("%1, not sent, %2: %3").arg(message.from.name, row.failure, message.text);
    case RoomRow::Kind::Message:
        break;
    }
    QString head = message.from.name;
    const OptionalMicros shown = message.stamps.best.t ? message.stamps.best.t : message.stamps.local.t;
    if (shown)
        head += u", "_s + clockText(*shown, QTimeZone::utc(), 0) + u" UTC"_s;
    const QString remark = StampText::authorRemark(message.stamps);
    if (!remark.isEmpty())
        head += u", "_s + remark;
    return head + u": "_s + message.text;
}

} // namespace Synchat
