// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace Synchat {

/// A real RESTHeart before a real server of MongoDB's protocol, on ports of loopback and in a temporary
/// folder. Each can be ended and started again; ports and data stay. Ends both by pid when it goes out of
/// scope. Two seconds and 300 MB: few tests have one, and ctest runs them one at a time (RESOURCE_LOCK
/// bridge).
class RealBridge
{
public:
    RealBridge();
    ~RealBridge();

    /// Empty: what it takes is here. Else a sentence for QSKIP, or for QFAIL where CI is set.
    static QString missing();

    /// Both, when they are ready. False: problem().
    bool start();
    bool startMongo();
    bool startRestHeart();
    void stopMongo(); ///< SIGTERM, and waits: everything is on disk
    void stopRestHeart();
    void killMongo(); ///< SIGKILL, and waits: what it wrote last may be lost
    void killRestHeart();

    quint16 port() const { return m_port; } ///< of RESTHeart
    /// What MONGO_URI would be. Every database and collection may be asked for.
    QString uri(const QString &path = QStringLiteral("synchat/messages")) const;
    /// The same by another port, where a FaultProxy stands.
    static QString uriAt(quint16 port, const QString &path = QStringLiteral("synchat/messages"));
    QString user() const { return QStringLiteral("synchat"); }
    QString password() const { return QStringLiteral("found:and-kept"); }

    QString problem() const { return m_problem; }

private:
    struct Part
    {
        QString name;
        QProcess process;
    };
    bool launch(Part &part, const QStringList &arguments, const QByteArray &readyWords);
    void end(Part &part, int signal);
    QString logPath(const Part &part) const;
    QByteArray logOf(const Part &part) const;

    QTemporaryDir m_dir;
    Part m_mongo;
    Part m_restHeart;
    quint16 m_mongoPort = 0;
    quint16 m_port = 0;
    QString m_problem;
};

/// At the begin of a test (or of initTestCase) that has a RealBridge.
#define SYNCHAT_NEEDS_REAL_BRIDGE()                                                                          \
    do {                                                                                                     \
        const QString missing = Synchat::RealBridge::missing();                                              \
        if (!missing.isEmpty() && qEnvironmentVariableIsSet("CI"))                                           \
            QFAIL(qPrintable(missing));                                                                      \
        if (!missing.isEmpty())                                                                              \
            QSKIP(qPrintable(missing));                                                                      \
    } while (false)

} // namespace Synchat
