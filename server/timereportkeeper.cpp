// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/timereportkeeper.h"

#include "common/logging.h"
#include "server/store/timereportfile.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Synchat {

TimeReportKeeper::TimeReportKeeper(const QString &dataDir, std::function<QJsonObject()> report,
                                   TimeReportTimes times)
    : m_dataDir(dataDir)
    , m_report(std::move(report))
{
    m_thread.setObjectName(u"time-report"_s);
    m_writer.moveToThread(&m_thread);
    m_thread.start();
    connect(&m_timer, &QTimer::timeout, this, [this, times] {
        m_timer.start(times.interval);
        keep();
    });
    m_timer.start(times.first);
}

TimeReportKeeper::~TimeReportKeeper()
{
    keep();
    QMetaObject::invokeMethod(
        &m_writer, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void TimeReportKeeper::keep()
{
    const QByteArray json = QJsonDocument(m_report()).toJson(QJsonDocument::Compact);
    QMetaObject::invokeMethod(
        &m_writer,
        [dataDir = m_dataDir, json] {
            if (!writeTimeReport(dataDir, json))
                qCInfo(logDaemon, "%ls cannot be written", qUtf16Printable(timeReportPath(dataDir)));
        },
        Qt::QueuedConnection);
}

} // namespace Synchat
