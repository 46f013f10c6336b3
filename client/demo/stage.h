// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/demo/child.h"
#include "client/demo/delayrelay.h"

#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace Synchat {

/// What is shown to whoever watches.
enum class DemoView { None, Window, Terminal };

/// All of the demo on this machine: three upstreams of which one lies, the daemon, the authors, the slow line
/// and a client to watch with. What it starts ends with it, and what they write is in a folder that goes too.
class Stage : public QObject
{
    Q_OBJECT
public:
    /// `programs`: the folder of synchatd, synchat and synchat-cli.
    explicit Stage(QString programs, QObject *parent = nullptr);
    ~Stage() override;

    /// Starts everything but the client to watch with. Nothing: the daemon serves. Else a whole sentence.
    std::optional<QString> open(quint16 port);
    /// Who plays, and where to look.
    QString guide() const;
    void show(DemoView view);

Q_SIGNALS:
    /// The window was closed, or a daemon ended by itself: `problem` says so, or is empty.
    void finished(const QString &problem);

private:
    struct Daemon
    {
        Child *process = nullptr;
        quint16 httpPort = 0;
        quint16 ntpPort = 0;
    };
    Child *newChild(const QString &program, const QString &name);
    std::optional<Daemon> startDaemon(const QString &name, const QStringList &arguments,
                                      const QList<std::pair<QString, QString>> &settings);
    std::optional<QString> openUpstreams();
    std::optional<QString> openDaemon(quint16 port);
    void startAuthors();
    void countIn();
    void sayNext();

    const QString m_programs;
    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<Child>> m_children;
    std::vector<Daemon> m_upstreams;
    Daemon m_daemon;
    DelayRelay m_slowLine;
    QList<Child *> m_authors; ///< as in demoCast()
    qsizetype m_present = 0;
    QTimer m_wait;
    int m_nextLine = -1; ///< -1: not everybody is there
    std::chrono::milliseconds m_saidUntil{};
    QString m_lastProblem;
};

} // namespace Synchat
