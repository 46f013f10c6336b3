// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/searchresults.h"

#include "client/core/searchsession.h"
#include "common/messagegroup.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Synchat {

SearchResults::SearchResults(const SearchSession &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_zone(QTimeZone::systemTimeZone())
{
    connect(&session, &SearchSession::restarted, this, [this] {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    });
    connect(&session, &SearchSession::found, this, [this](int first, int count) {
        if (const auto query = SearchQuery::parse(m_session.frame().query))
            m_query = *query;
        beginInsertRows({}, first, first + count - 1);
        m_rows = first + count;
        endInsertRows();
    });
}

int SearchResults::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant SearchResults::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Message &message = m_session.messages().at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return searchSnippet(message.text, m_query).text;
    case MarksRole:
        return QVariant::fromValue(searchSnippet(message.text, m_query).marks);
    case AuthorRole:
        return message.from.name;
    case AuthorIdRole:
        return message.from.id;
    case TimeRole:
        return timeText(message, m_zone);
    case RoomRole:
        return message.room;
    case SeqRole:
        return message.seq;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, room %3: %4")
            .arg(message.from.name, timeText(message, m_zone), message.room, message.text);
    default:
        return {};
    }
}

void SearchResults::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0), index(m_rows - 1));
}

QString SearchResults::timeText(const Message &message, const QTimeZone &zone)
{
    const OptionalMicros time = shownTime(message);
    if (!time)
        return tr("no time");
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(*time / 1000, zone);
    return QLocale().toString(moment, tr("d MMM yyyy, HH:mm:ss", "date and time of a found message"));
}

} // namespace Synchat
