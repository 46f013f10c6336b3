// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/programs.h"

#include <QObject>
#include <QWebSocket>

namespace Synchat {

/// Speaks the protocol by hand, so that each answer to each post is seen.
class RawClient : public QObject
{
    Q_OBJECT
public:
    /// Joined in general when it returns.
    RawClient(const DaemonProcess &daemon, const QString &name);

    void send(const QJsonObject &frame);
    /// The number makes the message's id.
    void post(int number, const QString &text);
    QList<QJsonObject> ofType(const QString &type) const;
    qsizetype answers() const; ///< messages and errors

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_frames;
};

/// `synchatd WORDS... --data-dir DIR`, run to its end beside whatever else runs.
class CommandProcess
{
public:
    /// `storeUrl`: of PostgreSQL, where the history is there.
    CommandProcess(const QStringList &words, const QString &dataDir, const QString &storeUrl = {});

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// The exit status; -1 for a crash or none in a minute.
    int waitForEnd();
    QString said() const { return QString::fromUtf8(m_said); } ///< both outputs, after waitForEnd()

private:
    QProcess m_process;
    QByteArray m_said;
};

/// The room general, as `GET /api/v1/rooms` has it: `epoch`, `lastSeq` and so on.
QJsonObject generalOf(const DaemonProcess &daemon);

HttpAnswer readyOf(const DaemonProcess &daemon);

} // namespace Synchat
