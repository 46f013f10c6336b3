// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/chatclient.h"
#include "client/ui/mainwindow.h"
#include "client/ui/view/messageview.h"
#include "common/faultclock.h"
#include "tests/client/ui/scripteddaemon.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Synchat {

/// Tests of the whole window, offscreen, against a scripted daemon: each begins in an empty folder. Parts are
/// found by their object names.
class WindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

protected:
    void open(); ///< shown and active, not connected
    /// As ana, who has joined these rooms, or `general`, and looks at the first.
    void openConnected(const QStringList &rooms = {});
    template <typename T>
    T *find(const QString &name) const
    {
        T *found = m_window->findChild<T *>(name);
        if (!found)
            qFatal("nothing is called %s", qPrintable(name));
        return found;
    }
    MessageView *view() const { return find<MessageView>(QStringLiteral("messageView")); }
    void key(Qt::Key code, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(m_window.get(), code, modifiers);
    }
    /// Types it into the composer, and sends it.
    void write(const QString &text);

    SystemClock m_machine;
    FaultClock m_clock{m_machine, {}, 1};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedDaemon> m_daemon;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Synchat
