// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/ownclockdialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

OwnClockDialog::OwnClockDialog(const MachineTime &machine, QWidget *parent)
    : QDialog(parent)
    , m_machine(machine)
{
    setObjectName(u"ownClockDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Your clock"));
    m_text = new QLabel(this);
    m_text->setObjectName(u"ownClockText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(420);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 20);
    column->setSpacing(16);
    column->addWidget(m_text);
    column->addStretch();
    column->addWidget(buttons);
}

void OwnClockDialog::show(const ClockStripWords &words, const ClockStatus &status)
{
    QStringList paragraphs{words.spoken};
    if (status.measured()) {
        const QString path = tr("It was measured by %1, %2.").arg(words.path.value, words.path.detail);
        paragraphs.append(path);
        paragraphs.append(StampText::referenceSentence(status.referenceState, status.referenceBound));
        if (words.mark == Mark::Off && !status.fault)
            paragraphs.append(MendingAdvice::words(m_machine));
    }
    paragraphs.append(
        tr("Messages are never put in order by a clock, and no reading is ever corrected: the skew stands "
           "beside it."));
    m_text->setText(paragraphs.join("\n\n"_L1));
    QDialog::show();
}

} // namespace Synchat
