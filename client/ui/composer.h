// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QFrame;
class QLabel;
class QPushButton;
class QToolButton;

namespace Synchat {

class ComposerEdit;

/// What somebody is writing in one room and has not sent.
struct Draft
{
    QString text;
    std::optional<qint64> replyTo;
    QString replyText; ///< "ana: disk alarm", for the reply bar

    friend bool operator==(const Draft &, const Draft &) = default;
};

/// Where messages are written; keeps a draft for each room. Sends nothing itself.
class Composer : public QWidget
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);

    void setLook(const Look &look);
    /// Puts the present draft away and takes this room's out. Empty: nothing can be written.
    void setRoom(const QString &room);
    void startReply(qint64 seq, const QString &text);
    /// After a post was taken: text, reply and draft are gone.
    void clear();
    void say(const QString &problem); ///< until the next change
    void focusText();

    QString text() const;
    std::optional<qint64> replyTo() const { return m_reply.replyTo; }

    /// The texts of all rooms, the present one included, without empty ones.
    QHash<QString, QString> drafts() const;
    void setDrafts(const QHash<QString, QString> &drafts);

Q_SIGNALS:
    void sendRequested(const QString &text, std::optional<qint64> replyTo);
    void draftsChanged();
    void typed();

private:
    QFrame *makeReplyBar();
    void refresh();
    void send();
    void cancelReply();
    void showReply();

    QString m_room;
    Draft m_reply; ///< its text unused
    QHash<QString, Draft> m_drafts;
    QString m_problem;
    ComposerEdit *m_edit = nullptr;
    QPushButton *m_send = nullptr;
    QLabel *m_counter = nullptr;
    QLabel *m_hint = nullptr;
    QFrame *m_replyBar = nullptr;
    QLabel *m_replyText = nullptr;
    QToolButton *m_replyCancel = nullptr;
};

} // namespace Synchat
