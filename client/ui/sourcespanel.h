// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/sourcesmodel.h"
#include "client/ui/sourcespoll.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace Synchat {

class ClockTable;

/// What the daemon's reference is worth and where it comes from: two sentences, the table of sources, the
/// reason of the chosen one, and what the letters mean. Shows what it is told; asks nobody.
class SourcesPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SourcesPanel(QWidget *parent = nullptr);

    /// `at` and `now` are on one monotonic line.
    void setReport(const std::optional<SourcesReport> &report, SourcesPoll::Trouble trouble, MonoTime at);
    void setNow(MonoTime now) { m_model.setNow(now); }
    void setLook(const Look &look);
    void focusTable();

    /// What stands where the table would: empty when there is something to show.
    static QString emptyTitle(SourcesPoll::Trouble trouble, const std::optional<SourcesReport> &report);
    static QString emptyHint(SourcesPoll::Trouble trouble, const std::optional<SourcesReport> &report);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeEmptyPage();
    void sayReference();
    void sayChosen();
    void sayLegend();
    void fitColumns();
    void fitLegend();
    int firstWorthReading() const;

    SourcesModel m_model;
    Look m_look;
    SourcesPoll::Trouble m_trouble = SourcesPoll::Trouble::NotAsked;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_reference = nullptr;
    ClockTable *m_table = nullptr;
    QLabel *m_chosen = nullptr;
    QLabel *m_legend = nullptr;
    QLabel *m_emptyTitle = nullptr;
    QLabel *m_emptyHint = nullptr;
};

} // namespace Synchat
