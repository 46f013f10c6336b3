// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/roomdialog.h"

#include "common/limits.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

RoomDialog::RoomDialog(Task task, QWidget *parent)
    : QDialog(parent)
{
    const bool creates = task == Task::Create;
    setObjectName(creates ? u"createRoomDialog"_s : u"joinRoomDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(creates ? tr("Create a room") : tr("Join a room"));
    m_room = new QLineEdit(this);
    m_room->setObjectName(u"roomEdit"_s);
    m_room->setAccessibleName(tr("Name of the room"));
    m_room->setPlaceholderText(tr("small letters, digits and hyphens"));
    m_extra = new QLineEdit(this);
    m_extra->setObjectName(creates ? u"titleEdit"_s : u"keyEdit"_s);
    m_extra->setAccessibleName(creates ? tr("Title") : tr("Key"));
    m_extra->setPlaceholderText(creates ? tr("what it is about (may stay empty)")
                                        : tr("only for a private room"));
    if (creates)
        m_extra->setMaxLength(static_cast<int>(Limits::TitleUnits));
    else
        m_extra->setEchoMode(QLineEdit::Password);
    auto *roomLabel = new QLabel(tr("&Room"), this);
    roomLabel->setBuddy(m_room);
    auto *extraLabel = new QLabel(creates ? tr("&Title") : tr("&Key"), this);
    extraLabel->setBuddy(m_extra);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"roomProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("bad", true);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *accept = buttons->addButton(creates ? tr("Create") : tr("Join"), QDialogButtonBox::AcceptRole);
    accept->setObjectName(u"roomAccept"_s);
    accept->setDefault(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 20);
    column->setSpacing(4);
    column->addWidget(roomLabel);
    column->addWidget(m_room);
    column->addSpacing(8);
    column->addWidget(extraLabel);
    column->addWidget(m_extra);
    column->addWidget(m_problem);
    column->addSpacing(16);
    column->addWidget(buttons);
    setMinimumWidth(360);
    connect(buttons, &QDialogButtonBox::accepted, this, &RoomDialog::tryAccept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void RoomDialog::tryAccept()
{
    const auto room = RoomName::parse(m_room->text());
    if (!room) {
        m_problem->setText(explain(room.error()));
        m_problem->show();
        m_room->setFocus();
        return;
    }
    Q_EMIT chosen(*room, m_extra->text().trimmed());
    accept();
}

} // namespace Synchat
