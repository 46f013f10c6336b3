// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/shipping/batchlimit.h"

namespace Synchat {

void BatchLimit::tooLarge(qsizetype sent)
{
    m_documents = qBound(qsizetype(1), sent / 2, m_documents);
}

void BatchLimit::failed(int inARow)
{
    if (inARow >= 2 && m_documents > FewestDocuments)
        m_documents = qMax(FewestDocuments, m_documents / 2);
}

void BatchLimit::taken()
{
    // Slower up than down: a request that is too large again costs a whole one.
    m_documents = qMin(MostDocuments, m_documents + qMax(qsizetype(1), m_documents / 4));
}

} // namespace Synchat
