// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/view/heightindex.h"
#include "client/ui/view/rowlayout.h"

#include <functional>
#include <list>
#include <memory>
#include <unordered_map>

namespace Synchat {

/// The long column of rows and the window that looks at a part of it. Lays out exactly what is visible (and
/// keeps the last few hundred layouts), estimates the rest. What is on the screen does not move when rows
/// come above it or when an estimate is corrected: the first visible row is held by its lower edge. Sticks to
/// the end only while it is there. Around a visible gap it holds what was read before it: the rows below when
/// one scrolled up, those above when one scrolled down. Knows no widget and no model: it asks for estimates
/// and layouts by number of row.
class RowFlow
{
public:
    using Estimate = std::function<int(int row)>;
    using LayOut = std::function<std::unique_ptr<RowLayout>(int row)>;
    static constexpr int KeptLayouts = 256;
    static constexpr int SampledRows = 512; ///< of a long run of rows, to estimate the others by

    RowFlow(Estimate estimate, LayOut layOut);

    // ---- rows
    void reset(int rows); ///< other rows; shows their end
    void rowsInserted(int first, int count);
    void rowsRemoved(int first, int count);
    void rowMoved(int from, int to); ///< `to`: its number afterwards
    void rowsChanged(int first, int last);
    void forgetLayouts(); ///< width or words changed: all is to be laid out again
    void estimateAnew();  ///< sizes changed: the estimates are worth nothing either
    int count() const { return m_heights.count(); }

    // ---- the window
    void setWindow(int height, int bottomMargin);
    void scrollTo(qint64 top); ///< of the window, in the column
    void scrollToEnd();
    /// Moves no more than is needed; a row taller than the window shows its beginning.
    void scrollToShow(int row);
    void scrollToTopOf(int row, int distance = 0);
    qint64 top() const { return m_top; }
    qint64 maximumTop() const;
    bool isAtEnd() const { return m_stuckToEnd; }
    bool isUpward() const { return m_upward; } ///< the way of the last scrolling

    // ---- what is visible; window coordinates
    int firstVisible() const; ///< -1: nothing
    int lastVisible() const;
    int rowAt(int y) const; ///< the nearest; -1 without rows
    int rowTop(int row) const;
    int rowHeight(int row) const { return m_heights.height(row); }
    bool isVisible(int row) const;
    /// Laid out now when it was not.
    RowLayout &layout(int row);
    const HeightIndex &heights() const { return m_heights; }

    qint64 layoutsMade() const { return m_layoutsMade; } ///< since the beginning; for tests
    void eachKept(const std::function<void(int row, const RowLayout &layout)> &visit) const;

private:
    struct Kept
    {
        std::unique_ptr<RowLayout> layout;
        std::list<int>::iterator use;
    };
    /// Keeps `row` with its lower edge at `bottom` (window coordinates) while heights settle.
    struct Anchor
    {
        int row = -1;
        qint64 bottom = 0;
    };
    void settle();
    void jumpTo(qint64 top);
    bool layOutVisible();
    void holdFirstVisible();
    int shift() const; ///< rows that do not fill the window stand at its bottom
    void forgetLayout(int row);
    void insertEstimates(int first, int count);
    std::vector<int> estimatesFor(int first, int rows) const;
    void takeOut(int first, int count);
    void renumber(const std::function<int(int row)> &to);
    void trim();

    Estimate m_estimate;
    LayOut m_layOut;
    HeightIndex m_heights;
    std::unordered_map<int, Kept> m_kept;
    std::list<int> m_used; ///< most recently used first
    Anchor m_anchor;
    qint64 m_top = 0;
    int m_windowHeight = 0;
    int m_bottomMargin = 0;
    bool m_stuckToEnd = true;
    bool m_upward = false;
    qint64 m_layoutsMade = 0;
};

} // namespace Synchat
