// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace Synchat {

/// The heights of many rows, one under the other, in pixels: where a row begins and which row is at a height,
/// in about the square root of the number of rows. Four bytes a row. A height is an estimate until it was set
/// as exact. Not for what is in a row.
class HeightIndex
{
public:
    int count() const { return static_cast<int>(m_cells.size()); }
    qint64 total() const { return m_total; }

    void clear();
    /// New rows before `row` (at the end: row == count()), each an estimate.
    void insert(int row, const std::vector<int> &estimates);
    void remove(int first, int count);
    void setExact(int row, int height);
    void setEstimate(int row, int height);
    /// Heights stay as they are, but count as estimates from now on.
    void forgetExact();

    int height(int row) const;
    bool isExact(int row) const;
    /// The upper edge; row == count() gives the total.
    qint64 top(int row) const;
    qint64 bottom(int row) const { return top(row) + height(row); }
    /// The row that covers `y`; the nearest one beyond the ends; -1 without rows.
    int rowAt(qint64 y) const;

private:
    static constexpr int ChunkRows = 512;
    void set(int row, quint32 cell);
    void rebuildFrom(int row);

    std::vector<quint32> m_cells; ///< height * 2 + 1 when exact
    std::vector<qint64> m_sums;   ///< of each chunk of rows
    qint64 m_total = 0;
};

} // namespace Synchat
