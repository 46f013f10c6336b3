// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/connectdialog.h"

#include "client/core/serverurl.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

ConnectDialog::ConnectDialog(Occasion occasion, const QString &server, const QString &name, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"connectDialog"_s);
    setWindowTitle(occasion == Occasion::FirstStart ? tr("Welcome to Synchat") : tr("Connect to a server"));
    auto *intro =
        new QLabel(tr("Synchat shows what time it really is: every message carries four clocks."), this);
    intro->setWordWrap(true);
    intro->setProperty("quiet", true);
    intro->setVisible(occasion == Occasion::FirstStart);
    m_server = new QLineEdit(server, this);
    m_server->setObjectName(u"serverEdit"_s);
    m_server->setPlaceholderText(tr("chat.example or localhost:8737"));
    m_server->setAccessibleName(tr("Server"));
    m_name = new QLineEdit(name, this);
    m_name->setObjectName(u"nameEdit"_s);
    m_name->setPlaceholderText(tr("the name that others see"));
    m_name->setAccessibleName(tr("Your name"));
    auto *serverLabel = new QLabel(tr("&Server"), this);
    serverLabel->setBuddy(m_server);
    auto *nameLabel = new QLabel(tr("Your &name"), this);
    nameLabel->setBuddy(m_name);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"connectProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("bad", true);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(u"connectButton"_s);
    m_connect->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"connectCancel"_s);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 20);
    column->setSpacing(4);
    column->addWidget(intro);
    column->addSpacing(intro->isHidden() ? 0 : 12);
    column->addWidget(serverLabel);
    column->addWidget(m_server);
    column->addSpacing(8);
    column->addWidget(nameLabel);
    column->addWidget(m_name);
    column->addWidget(m_problem);
    column->addSpacing(16);
    column->addWidget(buttons);
    setMinimumWidth(380);
    (server.isEmpty() ? m_server : m_name)->setFocus();
    m_name->selectAll();

    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::tryAccept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ConnectDialog::say(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void ConnectDialog::tryAccept()
{
    const auto server = serverFromText(m_server->text());
    if (!server) {
        say(server.error());
        m_server->setFocus();
        return;
    }
    const auto name = UserName::parse(m_name->text());
    if (!name) {
        say(explain(name.error()));
        m_name->setFocus();
        return;
    }
    say({});
    Q_EMIT chosen(*server, *name);
    accept();
}

} // namespace Synchat
