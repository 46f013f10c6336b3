// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/moment.h"

#include <QUrlQuery>

namespace Synchat {

/// Reads the parameters of an address one by one; the first one that makes no sense is remembered as a whole
/// sentence. Parameters that nobody asks for are ignored, like fields of frames. Pure.
class QueryFields
{
public:
    explicit QueryFields(const QUrlQuery &query)
        : m_query(query)
    {}

    // Nothing: the parameter is not there, or refused.
    /// Digits only: no sign, no spaces, no exponent; nothing that qint64 cannot hold.
    std::optional<qint64> count(const QString &name, qint64 least);
    std::optional<Moment> moment(const QString &name);
    /// As forms encode it: a plus is a space. Without control characters and lone surrogates.
    std::optional<QString> text(const QString &name, qsizetype longest);
    /// `limit`, from 1 on; without one the usual length of a page, never more than the longest.
    int limit();

    void refuse(const QString &sentence);
    /// Empty: all that was asked for makes sense.
    const QString &problem() const { return m_problem; }

private:
    std::optional<QString> only(const QString &name);

    const QUrlQuery &m_query;
    QString m_problem;
};

} // namespace Synchat
