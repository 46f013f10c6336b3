// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ops/logsink.h"

#include "common/timestamp.h"

#include <QLoggingCategory>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

const Clock *sinkClock = nullptr; // set once, before any thread

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error";
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &words)
{
    const QByteArray line = logLine(sinkClock->now(), type, context.category, words);
    // One write, so that the lines of several threads do not mix.
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
}

} // namespace

QByteArray logLine(WallTime time, QtMsgType type, const char *category, const QString &words)
{
    QString oneLine = words;
    oneLine.replace(u'\n', u' ').replace(u'\r', u' ');
    return isoUtc(toWire(time)).toUtf8() + ' ' + levelName(type) + ' ' + (category ? category : "default") +
           ": " + oneLine.toUtf8() + '\n';
}

void installLogSink(const Clock &clock, LogLevel level)
{
    QStringList rules;
    if (level > LogLevel::Debug)
        rules << u"*.debug=false"_s;
    if (level > LogLevel::Info)
        rules << u"*.info=false"_s;
    if (level > LogLevel::Warning)
        rules << u"*.warning=false"_s;
    if (level == LogLevel::Debug)
        rules << u"*.debug=true"_s << u"qt.*.debug=false"_s;
    QLoggingCategory::setFilterRules(rules.join(u'\n'));
    sinkClock = &clock;
    qInstallMessageHandler(writeLine);
}

} // namespace Synchat
