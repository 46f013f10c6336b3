// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/aboutdialog.h"

#include "client/ui/appicon.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

AboutDialog::AboutDialog(const Look &look, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"aboutDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Synchat"));
    auto *icon = new QLabel(this);
    icon->setPixmap(applicationIcon().pixmap(96, 96));
    icon->setAccessibleName(tr("The icon of Synchat"));
    auto *name = new QLabel(tr("Synchat %1").arg(QStringLiteral(SYNCHAT_VERSION)), this);
    name->setObjectName(u"aboutName"_s);
    name->setFont(look.font(16, QFont::DemiBold));
    auto *text = new QLabel(
        tr("A chat that shows what time it really is. Every message carries four readings of one "
           "moment: the author's clock, the daemon's, an external time API and NTP, each with its "
           "skew and an honest bound.\n\n"
           "What it shows is what these clocks said. It is no proof of when something happened.\n\n"
           "© 2026 The Synchat authors. Free software under the GNU General Public License, "
           "version 3 or later; there is no warranty.\n\nBuilt with Qt %1.")
            .arg(QLatin1StringView(qVersion())),
        this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setMinimumWidth(look.grid(360));
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *column = new QVBoxLayout;
    column->setSpacing(12);
    column->addWidget(name);
    column->addWidget(text);
    column->addStretch();
    column->addWidget(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(24, 24, 24, 20);
    row->setSpacing(24);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
}

ShortcutsDialog::ShortcutsDialog(const QList<std::pair<QString, QString>> &shortcuts, const Look &look,
                                 QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    QList<std::pair<QString, QString>> all = shortcuts;
    all.append({tr("Send the message"), QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText)});
    all.append({tr("New line in the message"),
                QKeySequence(Qt::SHIFT | Qt::Key_Return).toString(QKeySequence::NativeText)});
    auto *table = new QTableWidget(static_cast<int>(all.size()), 2, this);
    table->setObjectName(u"shortcutsTable"_s);
    table->setAccessibleName(tr("Keys"));
    table->setHorizontalHeaderLabels({tr("What"), tr("Key")});
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setFont(look.font(10));
    for (int i = 0; i < all.size(); ++i) {
        table->setItem(i, 0, new QTableWidgetItem(all.at(i).first));
        table->setItem(i, 1, new QTableWidgetItem(all.at(i).second));
    }
    table->resizeColumnsToContents();
    table->setColumnWidth(0, table->columnWidth(0) + 32);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->setDefaultSectionSize((table->fontMetrics().height() + 11) / 4 * 4);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->addWidget(table);
    column->addWidget(buttons);
    resize(look.grid(460), look.grid(560));
}

} // namespace Synchat
