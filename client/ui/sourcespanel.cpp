// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/sourcespanel.h"

#include "client/core/sourcestext.h"
#include "client/ui/clocktable.h"

#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int NameWidth = 120; ///< at least, at text size 1
constexpr int ReasonWidth = 220;
constexpr int LegendFromHeight = 200;
/// What a narrow window shows no more, the first one first; the tool tips still say it.
constexpr std::array Dispensable{SourcesModel::StratumColumn, SourcesModel::DelayColumn,
                                 SourcesModel::ReachColumn, SourcesModel::KindColumn,
                                 SourcesModel::ReasonColumn};

QLabel *makeLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    return label;
}

} // namespace

SourcesPanel::SourcesPanel(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"sourcesPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_pages = new QStackedWidget(this);
    auto *page = new QWidget(m_pages);
    m_reference = makeLabel(u"sourcesReference"_s, page);
    m_reference->setTextFormat(Qt::RichText);
    m_table = new ClockTable(page);
    m_table->setObjectName(u"sourcesTable"_s);
    m_table->setAccessibleName(tr("Sources of time"));
    m_table->setModel(&m_model);
    m_chosen = makeLabel(u"sourcesChosen"_s, page);
    m_chosen->setTextFormat(Qt::PlainText);
    m_legend = makeLabel(u"sourcesLegend"_s, page);
    m_legend->setTextFormat(Qt::RichText);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(20, 8, 12, 8);
    column->setSpacing(6);
    column->addWidget(m_reference);
    column->addWidget(m_table, 1);
    column->addWidget(m_chosen);
    column->addWidget(m_legend);
    m_pages->addWidget(page);
    makeEmptyPage();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_pages);
    setFocusProxy(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SourcesPanel::sayChosen);
    connect(m_table, &ClockTable::resized, this, &SourcesPanel::fitColumns);
    setReport(std::nullopt, SourcesPoll::Trouble::NotAsked, {});
}

void SourcesPanel::makeEmptyPage()
{
    auto *page = new QWidget(m_pages);
    m_emptyTitle = makeLabel(u"sourcesEmptyTitle"_s, page);
    m_emptyHint = makeLabel(u"sourcesEmptyHint"_s, page);
    m_emptyHint->setProperty("quiet", true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(20, 12, 20, 12);
    column->addStretch(1);
    for (QLabel *label : {m_emptyTitle, m_emptyHint}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    }
    column->addStretch(1);
    m_pages->addWidget(page);
}

void SourcesPanel::setReport(const std::optional<SourcesReport> &report, SourcesPoll::Trouble trouble,
                             MonoTime at)
{
    m_trouble = trouble;
    m_model.setReport(report, at);
    const QString title = emptyTitle(trouble, report);
    m_emptyTitle->setText(title);
    m_emptyHint->setText(emptyHint(trouble, report));
    m_pages->setCurrentIndex(title.isEmpty() ? 0 : 1);
    sayReference();
    sayChosen();
    fitColumns();
}

void SourcesPanel::sayReference()
{
    const SourcesReport &report = m_model.report();
    const Mark mark = SourcesText::referenceMark(report);
    const QString words = SourcesText::reference(report);
    const QColor color = m_look.theme.markColor(mark);
    m_reference->setText(coloured(QString(markGlyph(mark)), color) + u"&nbsp;"_s +
                         coloured(words, report.fault ? m_look.theme.contradiction : m_look.theme.text));
    m_reference->setAccessibleName(words);
}

void SourcesPanel::sayChosen()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid()) {
        m_chosen->hide();
        return;
    }
    const TimeSourceRow &source = m_model.report().sources.at(index.row());
    const QString why = source.reason.isEmpty() ? SourcesText::markMeaning(source.mark) : source.reason;
    m_chosen->setText(tr("%1: %2 %3").arg(source.name, why, SourcesText::boundInWords(source)));
    m_chosen->show();
}

void SourcesPanel::sayLegend()
{
    QStringList parts;
    const auto legend = SourcesText::legend();
    for (const auto &[letter, word] : legend) {
        const Mark shape = SourcesText::shapeOf(letter);
        parts.append(coloured(QString(markGlyph(shape)) + u' ' + letter, m_look.theme.markColor(shape)) +
                     u"&nbsp;"_s + coloured(word, m_look.theme.muted));
    }
    m_legend->setText(parts.join(u" &nbsp; "_s));
    m_legend->setAccessibleName(tr("What the letters mean"));
}

void SourcesPanel::setLook(const Look &look)
{
    m_look = look;
    m_model.setTheme(look.theme);
    m_table->setLook(look);
    m_reference->setFont(look.font(10));
    m_chosen->setFont(look.font(9));
    m_legend->setFont(look.font(9));
    m_emptyTitle->setFont(look.font(12, QFont::DemiBold));
    m_emptyHint->setFont(look.font(10));
    sayReference();
    sayLegend();
    fitLegend();
    fitColumns();
}

void SourcesPanel::fitColumns()
{
    const int space = m_table->viewport()->width();
    std::array<int, SourcesModel::ColumnCount> widths{};
    for (int column = 0; column < SourcesModel::ColumnCount; ++column) {
        m_table->setColumnHidden(column, false);
        const int title = m_table->horizontalHeader()->sectionSizeHint(column);
        widths.at(static_cast<std::size_t>(column)) = std::max(title, m_table->sizeHintForColumn(column));
    }
    const auto limited = [this](int width, int most) { return std::min(width, m_look.grid(most)); };
    widths[SourcesModel::NameColumn] = limited(widths[SourcesModel::NameColumn], 2 * NameWidth);
    const int wholeReason = widths[SourcesModel::ReasonColumn];
    widths[SourcesModel::ReasonColumn] = limited(wholeReason, ReasonWidth);
    int needed = 0;
    for (const int width : widths)
        needed += width;
    for (const auto column : Dispensable) {
        if (needed <= space)
            break;
        m_table->setColumnHidden(column, true);
        needed -= widths.at(column);
    }
    if (needed > space) // what is left of the name has a tool tip
        widths[SourcesModel::NameColumn] =
            std::max(m_look.grid(NameWidth / 2), widths[SourcesModel::NameColumn] - (needed - space));
    for (int column = 0; column < SourcesModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, widths.at(static_cast<std::size_t>(column)));
    m_table->horizontalHeader()->setStretchLastSection(true);
}

/// The rows matter more than what their letters mean.
void SourcesPanel::fitLegend()
{
    m_legend->setVisible(height() >= m_look.grid(LegendFromHeight));
}

void SourcesPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitLegend();
}

/// The first one that is not used, for it is the one that asks for an explanation; else the first.
int SourcesPanel::firstWorthReading() const
{
    const QList<TimeSourceRow> &sources = m_model.report().sources;
    const auto odd = std::find_if(sources.begin(), sources.end(), [](const TimeSourceRow &source) {
        return !source.isUsed() && source.kind != "self"_L1;
    });
    return odd == sources.end() ? 0 : static_cast<int>(odd - sources.begin());
}

void SourcesPanel::focusTable()
{
    if (m_pages->currentIndex() == 0 && !m_table->currentIndex().isValid() && m_model.rowCount() > 0)
        m_table->setCurrentIndex(m_model.index(firstWorthReading(), 0));
    m_table->setFocus();
}

QString SourcesPanel::emptyTitle(SourcesPoll::Trouble trouble, const std::optional<SourcesReport> &report)
{
    switch (trouble) {
    case SourcesPoll::Trouble::NotAsked:
        return tr("Not connected");
    case SourcesPoll::Trouble::NoAnswer:
        return tr("No answer yet");
    case SourcesPoll::Trouble::NotOffered:
        return tr("Not told");
    case SourcesPoll::Trouble::None:
        break;
    }
    return report && report->sources.isEmpty() ? tr("No source of time") : QString();
}

QString SourcesPanel::emptyHint(SourcesPoll::Trouble trouble, const std::optional<SourcesReport> &report)
{
    switch (trouble) {
    case SourcesPoll::Trouble::NotAsked:
        return tr("The sources of time are the daemon's: connect to one in the menu Chat.");
    case SourcesPoll::Trouble::NoAnswer:
        return tr("The daemon was asked for its sources of time and has not answered.");
    case SourcesPoll::Trouble::NotOffered:
        return tr("This daemon does not tell of its sources of time; it may be an older one.");
    case SourcesPoll::Trouble::None:
        break;
    }
    return report && report->sources.isEmpty()
               ? tr("This daemon has none: everything is measured against its own clock, which nothing "
                    "confirms.")
               : QString();
}

} // namespace Synchat
