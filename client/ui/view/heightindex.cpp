// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/heightindex.h"

#include <algorithm>

namespace Synchat {

namespace {

quint32 cellOf(int height, bool exact)
{
    return (static_cast<quint32>(std::max(0, height)) << 1U) | (exact ? 1U : 0U);
}

int heightOf(quint32 cell)
{
    return static_cast<int>(cell >> 1U);
}

} // namespace

void HeightIndex::clear()
{
    m_cells.clear();
    m_sums.clear();
    m_total = 0;
}

void HeightIndex::insert(int row, const std::vector<int> &estimates)
{
    Q_ASSERT(row >= 0 && row <= count());
    std::vector<quint32> cells(estimates.size());
    std::transform(estimates.begin(), estimates.end(), cells.begin(), [](int h) { return cellOf(h, false); });
    m_cells.insert(m_cells.begin() + row, cells.begin(), cells.end());
    rebuildFrom(row);
}

void HeightIndex::remove(int first, int removed)
{
    Q_ASSERT(first >= 0 && removed >= 0 && first + removed <= count());
    m_cells.erase(m_cells.begin() + first, m_cells.begin() + first + removed);
    rebuildFrom(first);
}

void HeightIndex::setExact(int row, int height)
{
    set(row, cellOf(height, true));
}

void HeightIndex::setEstimate(int row, int height)
{
    set(row, cellOf(height, false));
}

void HeightIndex::forgetExact()
{
    for (quint32 &cell : m_cells)
        cell &= ~1U;
}

int HeightIndex::height(int row) const
{
    return heightOf(m_cells[static_cast<std::size_t>(row)]);
}

bool HeightIndex::isExact(int row) const
{
    return (m_cells[static_cast<std::size_t>(row)] & 1U) != 0;
}

qint64 HeightIndex::top(int row) const
{
    Q_ASSERT(row >= 0 && row <= count());
    qint64 y = 0;
    const int chunk = row / ChunkRows;
    for (int i = 0; i < chunk; ++i)
        y += m_sums[static_cast<std::size_t>(i)];
    for (int i = chunk * ChunkRows; i < row; ++i)
        y += height(i);
    return y;
}

int HeightIndex::rowAt(qint64 y) const
{
    if (m_cells.empty())
        return -1;
    std::size_t chunk = 0;
    while (chunk + 1 < m_sums.size() && y >= m_sums[chunk])
        y -= m_sums[chunk++];
    const int first = static_cast<int>(chunk) * ChunkRows;
    const int last = std::min(first + ChunkRows, count()) - 1;
    for (int row = first; row < last; ++row) {
        if (y < height(row))
            return row;
        y -= height(row);
    }
    return last;
}

void HeightIndex::set(int row, quint32 cell)
{
    quint32 &held = m_cells[static_cast<std::size_t>(row)];
    const qint64 difference = heightOf(cell) - heightOf(held);
    held = cell;
    m_sums[static_cast<std::size_t>(row / ChunkRows)] += difference;
    m_total += difference;
}

void HeightIndex::rebuildFrom(int row)
{
    const std::size_t firstChunk = static_cast<std::size_t>(row / ChunkRows);
    m_sums.resize((m_cells.size() + ChunkRows - 1) / ChunkRows);
    for (std::size_t chunk = firstChunk; chunk < m_sums.size(); ++chunk) {
        const std::size_t end = std::min((chunk + 1) * ChunkRows, m_cells.size());
        qint64 sum = 0;
        for (std::size_t i = chunk * ChunkRows; i < end; ++i)
            sum += heightOf(m_cells[i]);
        m_sums[chunk] = sum;
    }
    m_total = 0;
    for (const qint64 sum : m_sums)
        m_total += sum;
}

} // namespace Synchat
