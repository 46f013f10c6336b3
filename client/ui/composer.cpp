// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/composer.h"

#include "client/ui/composeredit.h"
#include "common/limits.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qsizetype CounterFrom = Limits::TextUnits - 296; ///< from 3800 on it is told how much is left

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"composer"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_edit = new ComposerEdit(this);
    m_edit->setObjectName(u"composerEdit"_s);
    m_send = new QPushButton(tr("Send"), this);
    m_send->setObjectName(u"sendButton"_s);
    m_send->setAccessibleName(tr("Send the message"));
    m_counter = new QLabel(this);
    m_counter->setObjectName(u"composerCounter"_s);
    m_hint = new QLabel(this);
    m_hint->setObjectName(u"composerHint"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setProperty("bad", true);

    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_edit, 1);
    row->addWidget(m_counter, 0, Qt::AlignBottom);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(8);
    column->addWidget(makeReplyBar());
    column->addLayout(row);
    column->addWidget(m_hint);

    connect(m_edit, &ComposerEdit::submitted, this, &Composer::send);
    connect(m_edit, &ComposerEdit::escaped, this, &Composer::cancelReply);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        m_problem.clear();
        refresh();
        Q_EMIT draftsChanged();
        if (!m_edit->document()->isEmpty())
            Q_EMIT typed();
    });
    setRoom({});
}

QFrame *Composer::makeReplyBar()
{
    m_replyBar = new QFrame(this);
    m_replyBar->setObjectName(u"replyBar"_s);
    m_replyText = new QLabel(m_replyBar);
    m_replyText->setObjectName(u"replyText"_s);
    m_replyText->setTextFormat(Qt::PlainText);
    m_replyText->setProperty("quiet", true);
    m_replyText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_replyCancel = new QToolButton(m_replyBar);
    m_replyCancel->setObjectName(u"replyCancel"_s);
    m_replyCancel->setText(u"✕"_s);
    m_replyCancel->setAccessibleName(tr("Do not reply"));
    m_replyCancel->setToolTip(tr("Do not reply (Esc)"));
    auto *row = new QHBoxLayout(m_replyBar);
    row->setContentsMargins(12, 4, 4, 4);
    row->addWidget(m_replyText, 1);
    row->addWidget(m_replyCancel);
    connect(m_replyCancel, &QToolButton::clicked, this, &Composer::cancelReply);
    return m_replyBar;
}

void Composer::setLook(const Look &look)
{
    m_edit->setFont(look.font(10));
    m_send->setFont(look.font(10, QFont::DemiBold));
    m_counter->setFont(look.font(9));
    m_hint->setFont(look.font(9));
    m_replyText->setFont(look.font(9));
    m_edit->fitHeight();
}

QString Composer::text() const
{
    return m_edit->toPlainText();
}

void Composer::setRoom(const QString &room)
{
    if (!m_room.isEmpty()) {
        m_reply.text = text();
        m_drafts.insert(m_room, m_reply);
    }
    m_room = room;
    const Draft draft = m_drafts.value(room);
    m_reply = draft;
    m_reply.text.clear();
    {
        const QSignalBlocker quiet(m_edit);
        m_edit->setPlainText(draft.text);
        m_edit->moveCursor(QTextCursor::End);
    }
    m_edit->fitHeight();
    m_problem.clear();
    m_edit->setEnabled(!room.isEmpty());
    m_edit->setPlaceholderText(room.isEmpty() ? tr("Choose a room to write in")
                                              : tr("Message # %1").arg(room));
    m_edit->setAccessibleName(room.isEmpty() ? tr("Message") : tr("Message to room %1").arg(room));
    showReply();
    refresh();
}

void Composer::startReply(qint64 seq, const QString &text)
{
    m_reply.replyTo = seq;
    m_reply.replyText = text;
    showReply();
    focusText();
}

void Composer::cancelReply()
{
    m_reply = {};
    showReply();
}

void Composer::showReply()
{
    m_replyBar->setVisible(m_reply.replyTo.has_value());
    m_edit->setTakesEscape(m_reply.replyTo.has_value());
    m_replyText->setText(tr("Reply to %1").arg(m_reply.replyText.simplified().left(200)));
    m_replyBar->setAccessibleName(m_replyText->text());
}

void Composer::clear()
{
    m_reply = {};
    m_drafts.remove(m_room);
    showReply();
    m_edit->clear();
}

void Composer::say(const QString &problem)
{
    m_problem = problem;
    refresh();
}

void Composer::focusText()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::refresh()
{
    const qsizetype length = text().size();
    const qsizetype left = Limits::TextUnits - length;
    m_counter->setVisible(length >= CounterFrom);
    m_counter->setText(left >= 0 ? tr("%1 left").arg(QLocale().toString(left))
                                 : tr("%1 too many").arg(QLocale().toString(-left)));
    const bool bad = left < 0;
    if (m_counter->property("bad").toBool() != bad) {
        m_counter->setProperty("bad", bad);
        m_counter->style()->unpolish(m_counter);
        m_counter->style()->polish(m_counter);
    }
    m_send->setEnabled(!m_room.isEmpty() && left >= 0 && !text().trimmed().isEmpty());
    m_hint->setText(m_problem);
    m_hint->setVisible(!m_problem.isEmpty());
}

void Composer::send()
{
    if (m_send->isEnabled())
        Q_EMIT sendRequested(text(), m_reply.replyTo);
}

QHash<QString, QString> Composer::drafts() const
{
    QHash<QString, QString> texts;
    for (auto it = m_drafts.begin(); it != m_drafts.end(); ++it) {
        if (!it->text.isEmpty())
            texts.insert(it.key(), it->text);
    }
    texts.remove(m_room);
    if (!m_room.isEmpty() && !text().isEmpty())
        texts.insert(m_room, text());
    return texts;
}

void Composer::setDrafts(const QHash<QString, QString> &drafts)
{
    m_drafts.clear();
    for (auto it = drafts.begin(); it != drafts.end(); ++it)
        m_drafts.insert(it.key(), {*it, std::nullopt, {}});
    if (m_room.isEmpty() || !text().isEmpty())
        return;
    const QString room = m_room;
    m_room.clear();
    setRoom(room);
}

} // namespace Synchat
