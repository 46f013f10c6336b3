// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/rowflow.h"

#include <algorithm>

namespace Synchat {

RowFlow::RowFlow(Estimate estimate, LayOut layOut)
    : m_estimate(std::move(estimate))
    , m_layOut(std::move(layOut))
{}

void RowFlow::reset(int rows)
{
    m_heights.clear();
    m_kept.clear();
    m_used.clear();
    m_anchor = {};
    m_stuckToEnd = true;
    m_upward = false;
    rowsInserted(0, rows);
}

void RowFlow::rowsInserted(int first, int count)
{
    if (count <= 0)
        return;
    insertEstimates(first, count);
    forgetLayout(first + count); // the lines above it depend on its new neighbour
    settle();
}

void RowFlow::insertEstimates(int first, int count)
{
    renumber([=](int row) { return row >= first ? row + count : row; });
    if (m_anchor.row >= first)
        m_anchor.row += count;
    m_heights.insert(first, estimatesFor(first, count));
}

void RowFlow::rowsRemoved(int first, int removed)
{
    if (removed <= 0)
        return;
    takeOut(first, removed);
    forgetLayout(first);
    settle();
}

void RowFlow::takeOut(int first, int removed)
{
    const int next = first + removed;
    if (m_anchor.row >= first && m_anchor.row < next) {
        // The row that is held goes: its neighbour below takes over, else the one above.
        const int heir = next < count() ? next : first - 1;
        m_anchor = heir < 0 ? Anchor{} : Anchor{heir, m_heights.bottom(heir) - m_top};
    }
    if (m_anchor.row >= next)
        m_anchor.row -= removed;
    renumber([=](int row) {
        if (row < first)
            return row;
        return row < next ? -1 : row - removed;
    });
    m_heights.remove(first, removed);
}

void RowFlow::rowMoved(int from, int to)
{
    takeOut(from, 1);
    insertEstimates(to, 1);
    for (const int row : {from, from + 1, to, to + 1})
        forgetLayout(row);
    settle();
}

void RowFlow::rowsChanged(int first, int last)
{
    for (int row = first; row <= last + 1; ++row)
        forgetLayout(row);
    settle();
}

void RowFlow::forgetLayouts()
{
    m_kept.clear();
    m_used.clear();
    m_heights.forgetExact();
    settle();
}

void RowFlow::estimateAnew()
{
    const int rows = count();
    m_heights.clear();
    m_heights.insert(0, estimatesFor(0, rows));
    forgetLayouts();
}

std::vector<int> RowFlow::estimatesFor(int first, int rows) const
{
    std::vector<int> estimates(static_cast<std::size_t>(rows));
    if (rows <= SampledRows * 4) {
        for (int i = 0; i < rows; ++i)
            estimates[static_cast<std::size_t>(i)] = m_estimate(first + i);
        return estimates;
    }
    // To look at every row of a long room takes longer than to show it: some stand for all.
    qint64 sum = 0;
    for (int i = 0; i < SampledRows; ++i)
        sum += m_estimate(first + static_cast<int>(qint64(rows) * i / SampledRows));
    std::fill(estimates.begin(), estimates.end(), static_cast<int>(sum / SampledRows));
    return estimates;
}

void RowFlow::forgetLayout(int row)
{
    if (row < 0 || row >= count())
        return;
    m_heights.setEstimate(row, m_heights.height(row));
    const auto kept = m_kept.find(row);
    if (kept == m_kept.end())
        return;
    m_used.erase(kept->second.use);
    m_kept.erase(kept);
}

void RowFlow::setWindow(int height, int bottomMargin)
{
    if (height == m_windowHeight && bottomMargin == m_bottomMargin)
        return;
    // What stands at the bottom of the window stays there, as the composer below grows and shrinks.
    const int difference = height - m_windowHeight;
    m_windowHeight = height;
    m_bottomMargin = bottomMargin;
    m_anchor.bottom += difference;
    settle();
}

qint64 RowFlow::maximumTop() const
{
    return std::max<qint64>(0, m_heights.total() + m_bottomMargin - m_windowHeight);
}

int RowFlow::shift() const
{
    return static_cast<int>(std::max<qint64>(0, m_windowHeight - m_bottomMargin - m_heights.total()));
}

void RowFlow::scrollTo(qint64 top)
{
    top = std::clamp<qint64>(top, 0, maximumTop());
    const qint64 difference = top - m_top;
    m_stuckToEnd = top >= maximumTop();
    m_upward = difference == 0 ? m_upward : difference < 0;
    if (top > 0 && std::abs(difference) < m_windowHeight && m_anchor.row >= 0)
        m_anchor.bottom -= difference;
    else
        jumpTo(top);
    settle();
}

void RowFlow::jumpTo(qint64 top)
{
    const int row = m_heights.rowAt(top);
    if (row < 0) {
        m_anchor = {};
        return;
    }
    const qint64 inside = top - m_heights.top(row);
    layout(row); // its height is known from here on
    m_anchor = {row, std::max<qint64>(1, m_heights.height(row) - inside)};
}

void RowFlow::scrollToEnd()
{
    m_stuckToEnd = true;
    settle();
}

void RowFlow::scrollToShow(int row)
{
    layout(row);
    const qint64 above = m_heights.top(row);
    const qint64 below = m_heights.bottom(row) + (row + 1 == count() ? m_bottomMargin : 0);
    if (above < m_top || below - above > m_windowHeight)
        scrollToTopOf(row);
    else if (below > m_top + m_windowHeight) {
        m_anchor = {row, m_windowHeight - (row + 1 == count() ? m_bottomMargin : 0)};
        m_stuckToEnd = row + 1 == count();
        settle();
    }
}

void RowFlow::scrollToTopOf(int row, int distance)
{
    layout(row);
    m_anchor = {row, m_heights.height(row) + distance};
    m_stuckToEnd = false;
    m_upward = false;
    settle();
}

int RowFlow::firstVisible() const
{
    return m_heights.rowAt(m_top);
}

int RowFlow::lastVisible() const
{
    return m_heights.rowAt(m_top + m_windowHeight - 1 - shift());
}

int RowFlow::rowAt(int y) const
{
    return m_heights.rowAt(m_top + y - shift());
}

int RowFlow::rowTop(int row) const
{
    // Far rows are cut to what an int of pixels can say.
    constexpr qint64 Far = 1'000'000'000;
    return static_cast<int>(std::clamp(m_heights.top(row) - m_top + shift(), -Far, Far));
}

bool RowFlow::isVisible(int row) const
{
    const int y = rowTop(row);
    return y < m_windowHeight && y + rowHeight(row) > 0;
}

RowLayout &RowFlow::layout(int row)
{
    if (const auto kept = m_kept.find(row); kept != m_kept.end()) {
        m_used.splice(m_used.begin(), m_used, kept->second.use);
        return *kept->second.layout;
    }
    std::unique_ptr<RowLayout> made = m_layOut(row);
    ++m_layoutsMade;
    m_heights.setExact(row, made->height);
    RowLayout &result = *made;
    m_used.push_front(row);
    m_kept.emplace(row, Kept{std::move(made), m_used.begin()});
    trim();
    return result;
}

void RowFlow::eachKept(const std::function<void(int, const RowLayout &)> &visit) const
{
    for (const auto &[row, kept] : m_kept)
        visit(row, *kept.layout);
}

void RowFlow::settle()
{
    // Each turn makes at least one more height exact, so this ends.
    do {
        if (m_stuckToEnd || m_anchor.row < 0)
            m_top = m_stuckToEnd ? maximumTop() : 0;
        else
            m_top = std::clamp<qint64>(m_heights.bottom(m_anchor.row) - m_anchor.bottom, 0, maximumTop());
    } while (layOutVisible());
    m_stuckToEnd = m_top >= maximumTop();
    holdFirstVisible();
}

bool RowFlow::layOutVisible()
{
    if (count() == 0 || m_windowHeight <= 0)
        return false;
    bool any = false;
    const int last = lastVisible();
    for (int row = firstVisible(); row <= last; ++row) {
        if (m_heights.isExact(row))
            continue;
        layout(row);
        any = true;
    }
    return any;
}

void RowFlow::holdFirstVisible()
{
    int row = firstVisible();
    // A gap goes when it is filled; what stands below it is what is being read.
    for (int gap = row; gap >= 0 && gap < lastVisible(); ++gap) {
        if ((gap == row || m_upward) && layout(gap).content.isGap())
            row = gap + 1;
    }
    m_anchor = row < 0 ? Anchor{} : Anchor{row, m_heights.bottom(row) - m_top};
}

void RowFlow::renumber(const std::function<int(int)> &to)
{
    std::unordered_map<int, Kept> kept;
    for (auto &[row, entry] : m_kept) {
        const int number = to(row);
        if (number < 0) {
            m_used.erase(entry.use);
            continue;
        }
        *entry.use = number;
        kept.emplace(number, std::move(entry));
    }
    m_kept = std::move(kept);
}

void RowFlow::trim()
{
    while (m_used.size() > KeptLayouts) {
        m_kept.erase(m_used.back());
        m_used.pop_back();
    }
}

} // namespace Synchat
