// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/protocol.h"

#include <QObject>
#include <QPointer>

namespace Synchat {

class ChatClient;

/// One search at a time and what it found so far, page by page. A new search takes the place of the one
/// before it, whose answers are dropped.
class SearchSession : public QObject
{
    Q_OBJECT
public:
    static constexpr int PageSize = 50;
    /// The daemon ends a search whose time is up, with a cursor: so often in a row nothing found is asked on.
    static constexpr int MostEmptyPages = 10;
    static constexpr int MostResults = 5000; ///< further ones are not loaded: one had better ask more closely

    enum class State : quint8 {
        Idle,
        Searching, ///< the first page is awaited
        Found,
        Nothing,
        Failed, ///< the first page
        LoadingMore,
        MoreFailed,
        Unfinished, ///< nothing more in MostEmptyPages, but the end was not reached
    };

    explicit SearchSession(QObject *parent = nullptr);

    void setClient(ChatClient *client); ///< null: none; forgets what was found
    void start(SearchFrame frame);
    void loadMore();
    void goOn(); ///< with what failed or is unfinished, where it stopped
    void clear();

    State state() const { return m_state; }
    /// Newest first.
    const QList<Message> &messages() const { return m_messages; }
    const SearchFrame &frame() const { return m_frame; }
    bool isComplete() const { return m_cursor.isEmpty(); }
    bool isFull() const { return m_messages.size() >= MostResults; }
    /// Failed: why, in one or two sentences.
    QString trouble() const;

Q_SIGNALS:
    void changed();
    void found(int first, int count); ///< rows that were added, after changed()
    void restarted();                 ///< all rows went, before changed()

private:
    void ask();
    void askOn();
    void take(const QString &ref, const FoundFrame &frame);
    void takeFailure(const QString &ref, const ErrorFrame &error);
    void setState(State state);

    QPointer<ChatClient> m_client;
    State m_state = State::Idle;
    SearchFrame m_frame;
    QString m_ref;
    QString m_cursor;
    int m_emptyPages = 0; ///< in a row, since somebody asked
    QList<Message> m_messages;
    ErrorFrame m_error;
};

/// Why a search failed and what to do, for people.
QString searchTrouble(const ErrorFrame &error);

} // namespace Synchat
