// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/linesplitter.h"

#include <QStringDecoder>

namespace Synchat {

QList<LineSplitter::Line> LineSplitter::feed(QByteArrayView bytes)
{
    QList<Line> lines;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n')) {
        append(bytes.first(end));
        lines.append(takeLine());
        bytes = bytes.sliced(end + 1);
    }
    append(bytes);
    return lines;
}

std::optional<LineSplitter::Line> LineSplitter::finish()
{
    if (m_pending.isEmpty() && !m_overflown)
        return std::nullopt;
    return takeLine();
}

LineSplitter::Line LineSplitter::takeLine()
{
    QByteArray bytes = std::exchange(m_pending, {});
    const bool overflown = std::exchange(m_overflown, false);
    ++m_number;
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    if (overflown || bytes.size() > MaxBytes)
        return {m_number, {}, Fault::TooLong};
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    if (decoder.hasError())
        return {m_number, {}, Fault::NotUtf8};
    return {m_number, text, Fault::None};
}

void LineSplitter::append(QByteArrayView bytes)
{
    if (m_overflown)
        return;
    // One more: the CR of a line end is not part of the text.
    if (m_pending.size() + bytes.size() > MaxBytes + 1) {
        m_pending.clear();
        m_overflown = true;
        return;
    }
    m_pending.append(bytes);
}

} // namespace Synchat
