// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/faultdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr double MostOfTime = 1e9;
constexpr int Decimals = 3;
constexpr int UnitCharacters = 11; ///< "ppm" and the arrow

QLabel *paragraph(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

FaultDialog::FaultDialog(const ClockFault &active, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"faultDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Inject a clock fault"));
    auto *intro = paragraph(u"faultIntro"_s, this);
    intro->setText(tr("For teaching and testing: makes the clock of this window wrong. The clock of this "
                      "machine is never touched."));
    intro->setProperty("quiet", true);
    m_grid = new QGridLayout;
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
    addPresets();
    makeFields();
    m_text = new QLineEdit(this);
    m_text->setObjectName(u"faultText"_s);
    m_text->setMaxLength(1000);
    addRow(tr("As &text"), m_text, m_text);
    m_preview = paragraph(u"faultPreview"_s, this);
    m_preview->setMinimumHeight(3 * fontMetrics().height());
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_problem = paragraph(u"faultProblem"_s, this);
    m_problem->setProperty("bad", true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"faultCancel"_s);
    m_inject = buttons->addButton(tr("Inject"), QDialogButtonBox::AcceptRole);
    m_inject->setObjectName(u"faultInject"_s);
    m_inject->setDefault(true);
    QPushButton *off = buttons->addButton(tr("Turn the fault off"), QDialogButtonBox::DestructiveRole);
    off->setObjectName(u"faultOff"_s);
    off->setVisible(!active.isNone());
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_inject, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(m_fault);
        accept();
    });
    connect(off, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen({});
        accept();
    });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 20);
    column->setSpacing(12);
    column->addWidget(intro);
    column->addLayout(m_grid);
    column->addWidget(m_preview);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(460);
    connect(m_text, &QLineEdit::textEdited, this, &FaultDialog::takeText);
    m_text->setText(active.toText());
    fillFields(active);
    say(active);
    resize(sizeHint()); // else a small screen would squeeze the fields
}

void FaultDialog::addRow(const QString &label, QWidget *field, QWidget *buddy)
{
    const int row = m_grid->rowCount();
    auto *name = new QLabel(label, this);
    name->setBuddy(buddy);
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(field, row, 1);
}

void FaultDialog::addPresets()
{
    m_presets = new QComboBox(this);
    m_presets->setObjectName(u"faultPresets"_s);
    m_presets->addItem(tr("Choose…"));
    const QList<FaultDraft::Preset> presets = FaultDraft::presets();
    for (const FaultDraft::Preset &preset : presets)
        m_presets->addItem(preset.name, preset.text);
    addRow(tr("&Presets"), m_presets, m_presets);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        const QString text = m_presets->itemData(index).toString();
        if (text.isEmpty())
            return;
        m_text->setText(text);
        takeText();
    });
}

FaultDialog::Field FaultDialog::makeField(const QString &name, const QString &accessibleName,
                                          const QStringList &units, double most)
{
    Field field{new QDoubleSpinBox(this), new QComboBox(this)};
    field.value->setObjectName(name);
    field.value->setAccessibleName(accessibleName);
    field.value->setLocale(QLocale::c()); // as the text has it
    field.value->setDecimals(Decimals);
    field.value->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    field.value->setRange(-most, most);
    field.unit->setObjectName(name + "Unit"_L1);
    field.unit->setAccessibleName(tr("Unit of: %1").arg(accessibleName));
    field.unit->setFixedWidth(fontMetrics().averageCharWidth() * UnitCharacters);
    for (const QString &unit : units)
        field.unit->addItem(unit == "us"_L1 ? u"µs"_s : unit, unit);
    connect(field.value, &QDoubleSpinBox::valueChanged, this, &FaultDialog::takeFields);
    connect(field.unit, &QComboBox::activated, this, &FaultDialog::takeFields);
    return field;
}

QWidget *FaultDialog::inRow(const Field &field, const QString &after)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(field.value, 1);
    row->addWidget(field.unit);
    if (!after.isEmpty()) {
        auto *label = new QLabel(after, box);
        label->setMinimumWidth(fontMetrics().horizontalAdvance(tr("positive: ahead"))); // one column of them
        row->addWidget(label);
    }
    return box;
}

void FaultDialog::makeFields()
{
    const QStringList times{u"ms"_s, u"s"_s, u"min"_s, u"h"_s, u"us"_s, u"ns"_s};
    m_offset = makeField(u"faultOffset"_s, tr("Offset"), times, MostOfTime);
    m_drift = makeField(u"faultDrift"_s, tr("Drift"), {u"ppm"_s}, ClockFault::MaxDriftPpm);
    m_jitter = makeField(u"faultJitter"_s, tr("Jitter"), times, MostOfTime);
    m_step = makeField(u"faultStep"_s, tr("Jump"), times, MostOfTime);
    m_stepAfter = makeField(u"faultStepAfter"_s, tr("Time until the jump"), times, MostOfTime);
    m_freezeAfter = makeField(u"faultFreezeAfter"_s, tr("Time until it freezes"), times, MostOfTime);
    for (const Field &field : {m_jitter, m_stepAfter, m_freezeAfter})
        field.value->setMinimum(0.0);
    m_freeze = new QCheckBox(tr("stands still after"), this);
    m_freeze->setObjectName(u"faultFreeze"_s);
    connect(m_freeze, &QCheckBox::clicked, this, &FaultDialog::takeFields);
    addRow(tr("&Offset"), inRow(m_offset, tr("positive: ahead")), m_offset.value);
    addRow(tr("&Drift"), inRow(m_drift, tr("positive: fast")), m_drift.value);
    addRow(tr("&Jitter"), inRow(m_jitter, tr("either way")), m_jitter.value);
    QWidget *freeze = inRow(m_freezeAfter);
    qobject_cast<QHBoxLayout *>(freeze->layout())->insertWidget(0, m_freeze);
    addRow(tr("&Freeze"), freeze, m_freeze);
    QWidget *step = inRow(m_step);
    auto *row = qobject_cast<QHBoxLayout *>(step->layout());
    row->addWidget(new QLabel(tr("after"), step));
    row->addWidget(m_stepAfter.value, 1);
    row->addWidget(m_stepAfter.unit);
    addRow(tr("J&ump"), step, m_step.value);
}

FaultAmount FaultDialog::amountOf(const Field &field) const
{
    return {field.value->value(), field.unit->currentData().toString()};
}

void FaultDialog::fill(const Field &field, const FaultAmount &amount)
{
    const int unit = field.unit->findData(amount.unit);
    if (unit >= 0)
        field.unit->setCurrentIndex(unit);
    field.value->setValue(amount.value);
}

/// What was changed in a field is written into the text.
void FaultDialog::takeFields()
{
    if (m_filling)
        return;
    FaultDraft draft;
    draft.offset = amountOf(m_offset);
    draft.drift = amountOf(m_drift);
    draft.jitter = amountOf(m_jitter);
    draft.freeze = m_freeze->isChecked();
    draft.freezeAfter = amountOf(m_freezeAfter);
    draft.step = amountOf(m_step);
    draft.stepAfter = amountOf(m_stepAfter);
    m_text->setText(draft.text());
    const auto fault = ClockFault::parse(m_text->text());
    if (fault)
        return say(*fault);
    m_problem->setText(fault.error());
    m_inject->setEnabled(false);
}

/// And the other way round.
void FaultDialog::takeText()
{
    const auto fault = ClockFault::parse(m_text->text());
    if (!fault) {
        m_problem->setText(fault.error());
        m_inject->setEnabled(false);
        return;
    }
    fillFields(*fault);
    say(*fault);
}

void FaultDialog::fillFields(const ClockFault &fault)
{
    const FaultDraft draft = FaultDraft::from(fault);
    m_filling = true;
    fill(m_offset, draft.offset);
    fill(m_drift, draft.drift);
    fill(m_jitter, draft.jitter);
    m_freeze->setChecked(draft.freeze);
    fill(m_freezeAfter, draft.freezeAfter);
    fill(m_step, draft.step);
    fill(m_stepAfter, draft.stepAfter);
    m_filling = false;
}

void FaultDialog::say(const ClockFault &fault)
{
    m_fault = fault;
    m_problem->clear();
    m_preview->setText(FaultWords::preview(fault));
    m_inject->setEnabled(!fault.isNone());
}

} // namespace Synchat
