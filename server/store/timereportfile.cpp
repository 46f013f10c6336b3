// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/timereportfile.h"

#include "server/store/durable.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr qint64 LargestReport = 256 * 1024;

} // namespace

QString timeReportPath(const QString &dataDir)
{
    return dataDir + u"/time.json"_s;
}

bool writeTimeReport(const QString &dataDir, const QByteArray &json)
{
    const QString path = timeReportPath(dataDir);
    const QString temporary = path + u".new"_s;
    if (makeEmptyFile(temporary) != 0)
        return false;
    QFile file(temporary);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.flush();
    file.close();
    return written &&
           std::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(path).constData()) == 0;
}

std::optional<QJsonObject> readTimeReport(const QString &dataDir)
{
    QFile file(timeReportPath(dataDir));
    if (!file.open(QIODevice::ReadOnly) || file.size() > LargestReport)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(file.read(LargestReport));
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

} // namespace Synchat
