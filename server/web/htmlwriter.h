// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace Synchat {

/// Writes HTML, element by element: whatever is given as text or as an attribute's value is escaped, and
/// cannot become markup. Names of elements and attributes are ours alone. Not for scripts and styles, whose
/// content has other rules.
class HtmlWriter
{
public:
    /// A null value leaves the attribute out; an empty one is written as `name=""`.
    using Attributes = QList<std::pair<QLatin1StringView, QString>>;

    void doctype();
    void open(QLatin1StringView element, const Attributes &attributes = {});
    void close(); ///< the element opened last
    /// One that has no content and no end: `meta`, `link`, `input`.
    void lone(QLatin1StringView element, const Attributes &attributes);
    void element(QLatin1StringView element, const Attributes &attributes, QStringView text);
    void text(QStringView text);
    void newLine();

    qsizetype size() const { return m_out.size(); }
    /// When all that was opened is closed.
    QByteArray take();

private:
    void writeTag(QLatin1StringView element, const Attributes &attributes);
    void writeEscaped(QStringView text);

    QByteArray m_out;
    QList<QLatin1StringView> m_open;
};

} // namespace Synchat
