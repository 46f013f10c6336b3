// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace Synchat {

/// A program of ours that the demo runs. It ends with this object, by its pid, and also when the demo is
/// killed.
class Child : public QObject
{
    Q_OBJECT
public:
    /// Where a program writes and reads what it remembers: below `folder`, nothing of the person's own.
    Child(QString program, QString name, const QString &folder, QObject *parent = nullptr);
    ~Child() override;

    void setEnvironment(const QString &name, const QString &value);
    /// It has the terminal: standard input, output and error are the demo's own.
    void giveTerminal();
    void ignoreOutput(); ///< of its standard output; firstLine() gives nothing then
    void start(const QStringList &arguments);
    /// The first line on its standard output. Empty: it ended, or said nothing in 20 s.
    QString firstLine();
    void say(const QString &line); ///< on its standard input
    void requestEnd();
    /// Waits, and kills what does not end by itself. After requestEnd().
    void awaitEnd();

    const QString &name() const { return m_name; }
    qint64 pid() const { return m_process.processId(); }
    QString problem() const;

Q_SIGNALS:
    /// It says on standard error that it is in its room; once.
    void joined();
    void ended();

private:
    void readErrors();

    const QString m_program;
    const QString m_name;
    QProcess m_process;
    QByteArray m_errors; ///< the end of what it said
    bool m_hasTerminal = false;
    bool m_joined = false;
};

} // namespace Synchat
