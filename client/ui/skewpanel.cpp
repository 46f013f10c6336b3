// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewpanel.h"

#include "client/core/skewrecorder.h"
#include "client/ui/clocktable.h"
#include "client/ui/skewcanvas.h"
#include "client/ui/skewvalues.h"

#include <QAction>
#include <QActionGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QSplitter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int BesideFromWidth = 760; ///< narrower panels have the table below, at text size 1
constexpr int NameWidth = 170;
constexpr int TableShare = 52; ///< percent of the width at most
/// What a narrow window shows no more, the first one first.
constexpr std::array Dispensable{SkewTableModel::MaxColumn, SkewTableModel::MedianColumn,
                                 SkewTableModel::P95Column};
constexpr std::array Spans{std::chrono::minutes(10), std::chrono::minutes(60)};

QString spanName(Nanos span)
{
    return span > std::chrono::minutes(10) ? SkewPanel::tr("Last hour") : SkewPanel::tr("Last 10 minutes");
}

} // namespace

SkewPanel::SkewPanel(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    setObjectName(u"skewPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *controls = new QHBoxLayout;
    controls->setContentsMargins(0, 0, 0, 0);
    controls->setSpacing(4);
    makeControls(controls);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"skewSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_canvas = new SkewCanvas(m_splitter);
    makeTable();
    m_splitter->addWidget(m_canvas);
    m_splitter->addWidget(m_table);
    m_splitter->setStretchFactor(0, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(4);
    column->addLayout(controls);
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_table);
    connect(m_canvas, &SkewCanvas::pointedAt, this, &SkewPanel::say);
    connect(&m_model, &SkewTableModel::shownChanged, this, [this](const QString &key, bool shown) {
        if (shown)
            m_hidden.remove(key);
        else
            m_hidden.insert(key);
        refresh();
    });
    rename();
    say({});
}

QToolButton *SkewPanel::addButton(QHBoxLayout *row, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button);
    return button;
}

void SkewPanel::makeControls(QHBoxLayout *row)
{
    m_spanButton = addButton(row, u"skewSpanButton"_s);
    m_spanButton->setToolTip(tr("How far back the plot and the percentiles go"));
    auto *spans = new QMenu(m_spanButton);
    for (const auto span : Spans)
        connect(spans->addAction(spanName(span)), &QAction::triggered, this, [this, span] { setSpan(span); });
    m_scaleButton = addButton(row, u"skewScaleButton"_s);
    m_scaleButton->setToolTip(
        tr("Near and far: linear near zero and logarithmic far away, so that a clock that is "
           "a minute off does not hide milliseconds"));
    auto *kinds = new QMenu(m_scaleButton);
    for (const SkewScale::Kind kind : {SkewScale::Kind::NearAndFar, SkewScale::Kind::Linear})
        connect(kinds->addAction(SkewScale::name(kind)), &QAction::triggered, this,
                [this, kind] { setKind(kind); });
    m_pauseButton = addButton(row, u"skewPauseButton"_s);
    m_pauseButton->setCheckable(true);
    m_pauseButton->setText(tr("Pause"));
    m_pauseButton->setToolTip(tr("Hold the picture still; the history goes on"));
    connect(m_pauseButton, &QToolButton::toggled, this, &SkewPanel::setPaused);
    m_saveButton = addButton(row, u"skewSaveButton"_s);
    m_saveButton->setText(tr("Save ▾"));
    makeSaveMenu(m_saveButton);
    m_spanButton->setMenu(spans);
    m_scaleButton->setMenu(kinds);
    for (QToolButton *button : {m_spanButton, m_scaleButton, m_saveButton})
        button->setPopupMode(QToolButton::InstantPopup);
    m_readOut = new QLabel(this);
    m_readOut->setObjectName(u"skewReadOut"_s);
    m_readOut->setTextFormat(Qt::PlainText);
    m_readOut->setProperty("quiet", true);
    m_readOut->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_readOut->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_readOut, 1);
}

void SkewPanel::makeSaveMenu(QToolButton *button)
{
    auto *menu = new QMenu(button);
    QAction *picture = menu->addAction(tr("&Picture…"));
    picture->setObjectName(u"skewSavePictureAction"_s);
    connect(picture, &QAction::triggered, this, [this] { askWhereToSave(true); });
    QAction *values = menu->addAction(tr("&Values as CSV…"));
    values->setObjectName(u"skewSaveValuesAction"_s);
    connect(values, &QAction::triggered, this, [this] { askWhereToSave(false); });
    button->setMenu(menu);
}

void SkewPanel::makeTable()
{
    m_table = new ClockTable(m_splitter);
    m_table->setObjectName(u"skewTable"_s);
    m_table->setAccessibleName(tr("Clocks and their percentiles"));
    m_table->setModel(&m_model);
    m_table->setMinimumSize(220, 90);
    makeRowActions();
}

void SkewPanel::makeRowActions()
{
    auto *only = new QAction(tr("Show &only this"), this);
    only->setObjectName(u"skewOnlyAction"_s);
    connect(only, &QAction::triggered, this, [this] {
        const int row = m_table->currentIndex().row();
        if (row >= 0 && row < m_picture.curves.size())
            showOnly(m_picture.curves.at(row).subject.key);
    });
    auto *all = new QAction(tr("Show &all"), this);
    all->setObjectName(u"skewAllAction"_s);
    connect(all, &QAction::triggered, this, &SkewPanel::showAll);
    m_table->addActions({only, all});
}

void SkewPanel::setRecorder(SkewRecorder *recorder)
{
    m_recorder = recorder;
    m_pausedAt.reset();
    m_pauseButton->setChecked(false);
    refresh();
}

void SkewPanel::refresh()
{
    if (!isVisible())
        return;
    const MonoTime now = m_pausedAt ? *m_pausedAt : m_recorder ? m_recorder->now() : MonoTime();
    if (!m_pausedAt)
        m_wallAtPicture = m_clock.now();
    const Nanos span = m_picture.span;
    const SkewScale::Kind kind = m_picture.kind;
    m_picture =
        m_recorder ? SkewPicture::of(m_recorder->history(), m_recorder->subjects(), m_hidden, now, span, kind)
                   : SkewPicture();
    m_picture.span = span;
    m_picture.kind = kind;
    const auto rows = m_model.rowCount();
    m_model.setPicture(m_picture);
    m_canvas->draw(m_picture);
    if (rows != m_model.rowCount() || isTooNarrow())
        fitColumns();
    if (m_picture.curves.isEmpty())
        say(tr("Nothing has been measured yet."));
    else if (m_readOut->text() == tr("Nothing has been measured yet."))
        say({});
}

void SkewPanel::setSpan(Nanos span)
{
    m_picture.span = span;
    rename();
    refresh();
}

void SkewPanel::setKind(SkewScale::Kind kind)
{
    m_picture.kind = kind;
    rename();
    refresh();
}

void SkewPanel::rename()
{
    m_spanButton->setText(spanName(m_picture.span) + u" ▾"_s);
    m_scaleButton->setText(SkewScale::name(m_picture.kind) + u" ▾"_s);
}

void SkewPanel::setPaused(bool paused)
{
    m_pausedAt = paused && m_recorder ? std::optional(m_recorder->now()) : std::nullopt;
    m_pauseButton->setChecked(paused);
    m_pauseButton->setText(paused ? tr("Paused") : tr("Pause"));
    refresh();
}

void SkewPanel::showAll()
{
    m_hidden.clear();
    refresh();
}

void SkewPanel::showOnly(const QString &key)
{
    for (const SkewCurve &curve : m_picture.curves)
        m_hidden.insert(curve.subject.key);
    m_hidden.remove(key);
    refresh();
}

void SkewPanel::say(const QString &sentence)
{
    m_readOut->setText(sentence);
    m_readOut->setToolTip(sentence);
}

void SkewPanel::setLook(const Look &look)
{
    m_look = look;
    m_model.setTheme(look.theme);
    m_table->setLook(look);
    m_canvas->setLook(look);
    m_readOut->setFont(look.font(9));
    for (QToolButton *button : {m_spanButton, m_scaleButton, m_pauseButton, m_saveButton})
        button->setFont(look.font(9));
    fitColumns();
}

void SkewPanel::fitColumns()
{
    for (const auto column : Dispensable)
        m_table->setColumnHidden(column, false);
    m_table->resizeColumnsToContents();
    const int name = m_table->columnWidth(SkewTableModel::NameColumn);
    m_table->setColumnWidth(SkewTableModel::NameColumn,
                            std::clamp(name, m_look.grid(90), m_look.grid(NameWidth)));
    const int space = tableSpace() - m_look.grid(16);
    for (const auto column : Dispensable) {
        if (m_table->horizontalHeader()->length() > space)
            m_table->setColumnHidden(column, true);
    }
    share();
}

int SkewPanel::tableSpace() const
{
    return m_splitter->orientation() == Qt::Horizontal ? m_splitter->width() * TableShare / 100
                                                       : m_splitter->width();
}

/// Values grow while one looks at them.
bool SkewPanel::isTooNarrow() const
{
    for (int column = SkewTableModel::NameColumn + 1; column < SkewTableModel::ColumnCount; ++column) {
        const auto *table = static_cast<const QAbstractItemView *>(m_table);
        if (!m_table->isColumnHidden(column) &&
            table->sizeHintForColumn(column) > m_table->columnWidth(column))
            return true;
    }
    return false;
}

void SkewPanel::share()
{
    const bool beside = m_splitter->orientation() == Qt::Horizontal;
    const int space = beside ? m_splitter->width() : m_splitter->height();
    const int table = m_table->horizontalHeader()->length() + m_look.grid(16);
    const int taken = beside ? std::min(table, tableSpace()) : space * 2 / 5;
    m_splitter->setSizes({std::max(space - taken, 1), std::max(taken, 1)});
}

void SkewPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool beside = width() >= m_look.grid(BesideFromWidth);
    m_splitter->setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
    fitColumns();
}

void SkewPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

bool SkewPanel::savePicture(const QString &path)
{
    return m_splitter->grab().save(path, "PNG");
}

bool SkewPanel::saveValues(const QString &path) const
{
    QSaveFile file(path);
    const QByteArray values = skewValues(m_picture, m_wallAtPicture);
    return file.open(QIODevice::WriteOnly) && file.write(values) == values.size() && file.commit();
}

void SkewPanel::askWhereToSave(bool picture)
{
    auto *dialog = new QFileDialog(this, picture ? tr("Save the picture") : tr("Save the values"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(picture ? u"png"_s : u"csv"_s);
    dialog->setNameFilter(picture ? tr("Pictures (*.png)") : tr("Comma-separated values (*.csv)"));
    dialog->selectFile(picture ? u"skews.png"_s : u"skews.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, picture](const QString &path) {
        const bool saved = picture ? savePicture(path) : saveValues(path);
        say(saved ? tr("Saved as %1.").arg(path) : tr("%1 could not be written.").arg(path));
    });
    dialog->open();
}

} // namespace Synchat
