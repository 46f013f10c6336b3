// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cli/standardinput.h"

#include <array>
#include <cerrno>
#include <unistd.h>

namespace Synchat {

StandardInput::StandardInput(int descriptor, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] { read(); });
}

bool StandardInput::isTerminal() const
{
    return isatty(m_descriptor) == 1;
}

void StandardInput::start()
{
    m_notifier.setEnabled(!m_paused);
}

void StandardInput::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (!paused)
        deliver();
    m_notifier.setEnabled(!m_paused && !m_atEnd);
}

void StandardInput::read()
{
    std::array<char, 16384> buffer;
    const ssize_t count = ::read(m_descriptor, buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count > 0) {
        m_lines += m_splitter.feed(QByteArrayView(buffer.data(), count));
    } else { // an input that cannot be read has ended
        m_atEnd = true;
        m_notifier.setEnabled(false);
        if (const auto last = m_splitter.finish())
            m_lines.append(*last);
    }
    deliver();
}

void StandardInput::deliver()
{
    if (m_delivering)
        return; // paused and resumed by one of our own lines
    m_delivering = true;
    while (!m_paused && !m_lines.isEmpty())
        Q_EMIT lineRead(m_lines.takeFirst());
    m_delivering = false;
    if (m_atEnd && m_lines.isEmpty())
        finish();
}

void StandardInput::finish()
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    Q_EMIT ended();
}

} // namespace Synchat
