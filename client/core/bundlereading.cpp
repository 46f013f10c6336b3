// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/bundlereading.h"

#include <QDir>
#include <QFileInfo>

namespace Synchat {

namespace {

constexpr qint64 PieceBytes = 64 * 1024; // a few milliseconds

} // namespace

BundleReading::BundleReading(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(path)
{
    connect(&m_timer, &QTimer::timeout, this, &BundleReading::step);
}

void BundleReading::start()
{
    m_timer.start(0);
}

void BundleReading::step()
{
    if (!m_file.isOpen() && (!QFileInfo(m_file).isFile() || !m_file.open(QIODevice::ReadOnly)))
        return fail();
    const QByteArray piece = m_file.read(PieceBytes);
    if (m_file.error() != QFileDevice::NoError)
        return fail();
    if (piece.isEmpty() || !m_checker.add(piece)) {
        m_timer.stop();
        Q_EMIT finished(m_checker.finish());
        return;
    }
    const qint64 size = qMax(m_file.size(), qint64(1));
    const int percent = static_cast<int>(qMin(m_file.pos(), size) * 100 / size);
    if (percent == m_percent)
        return;
    m_percent = percent;
    Q_EMIT progressed(percent, m_checker.rows());
}

void BundleReading::fail()
{
    m_timer.stop();
    const QString path = QDir::toNativeSeparators(m_file.fileName());
    Q_EMIT failed(m_file.error() == QFileDevice::NoError
                      ? tr("%1 is no file that could be read.").arg(path)
                      : tr("The file %1 cannot be read: %2.").arg(path, m_file.errorString()));
}

} // namespace Synchat
