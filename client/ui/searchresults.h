// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/searchform.h"

#include <QAbstractListModel>
#include <QTimeZone>

namespace Synchat {

class SearchSession;

/// What a search found, as rows: author, time, room, one line of text with what matched in it.
class SearchResults : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        AuthorRole = Qt::UserRole + 1, ///< QString
        AuthorIdRole,
        TimeRole, ///< QString, in the zone of the view
        RoomRole, ///< QString
        SeqRole,  ///< qint64
        MarksRole ///< QList<TextRange> in the display text
    };

    explicit SearchResults(const SearchSession &session, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    void setTimeZone(const QTimeZone &zone);

    /// "23 Nov 2026, 14:03:25".
    static QString timeText(const Message &message, const QTimeZone &zone);

private:
    const SearchSession &m_session;
    SearchQuery m_query;
    QTimeZone m_zone;
    int m_rows = 0;
};

} // namespace Synchat
