// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/roomrowtext.h"

#include "common/stamptext.h"
#include "common/timestamp.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString gapText(const RoomRow &gap)
{
    const int count = static_cast<int>(std::min<qint64>(gap.gapSize(), 1'000'000'000));
    const QString missing = RoomModel::tr("%n message(s) missing here.", nullptr, count);
    switch (gap.gapState) {
    case RoomRow::GapState::Missing:
        return missing + u' ' + RoomModel::tr("Press Enter to load them.");
    case RoomRow::GapState::Loading:
        return missing + u' ' + RoomModel::tr("They are being loaded.");
    case RoomRow::GapState::Failed:
        return missing + u' ' +
               RoomModel::tr("They could not be loaded: %1 Press Enter to try again.").arg(gap.failure);
    case RoomRow::GapState::Gone:
        return missing + u' ' + RoomModel::tr("The server keeps them no more.");
    }
    return missing;
}

} // namespace

QString screenReaderText(const RoomRow &row)
{
    const Message &message = row.message;
    switch (row.kind) {
    case RoomRow::Kind::Gap:
        return gapText(row);
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
