// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Synchat {

/// How many documents go into one request, as a bridge is found to bear: halved when they are too large or
/// too slow for it, more again when all goes well. Pure.
class BatchLimit
{
public:
    static constexpr qsizetype MostDocuments = 1000;
    static constexpr qsizetype MostBytes = 4 * 1024 * 1024;
    static constexpr qsizetype FewestDocuments = 10;

    qsizetype documents() const { return m_documents; }
    /// The bridge will not have so much at once: half of what was sent, from now on.
    void tooLarge(qsizetype sent);
    /// It failed, or did not answer in time, so often in a row. The second time makes smaller ones: the first
    /// may be an accident.
    void failed(int inARow);
    void taken();

private:
    qsizetype m_documents = MostDocuments;
};

} // namespace Synchat
