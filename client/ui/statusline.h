// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"

#include <QFrame>

class QLabel;

namespace Synchat {

/// The last line of the window, in sentences. In a narrow window the later ones go first; all of them stay in
/// the tool tip. Says what it is told.
class StatusLine : public QFrame
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    enum class Link { Offline, Connecting, Online };
    void setConnection(Link link, const QString &sentence);
    /// `any`: something does wait, which is told before all else where there is little room.
    void setWaiting(const QString &sentence, bool any);
    void setReference(const QString &sentence);
    void setLastMessage(const QString &text);
    void setLook(const Look &look);

Q_SIGNALS:
    /// The words about the reference and its sources.
    void referenceClicked();

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *makeLabel(const QString &name);
    void arrange();

    Look m_look;
    Link m_link = Link::Offline;
    QString m_connectionText;
    bool m_anyWaits = false;
    QLabel *m_connection = nullptr;
    QLabel *m_waiting = nullptr;
    QLabel *m_reference = nullptr;
    QLabel *m_lastMessage = nullptr;
};

} // namespace Synchat
