// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/bundlecheck.h"

#include <QFile>
#include <QObject>
#include <QTimer>

namespace Synchat {

/// Checks a bundle file of any length a piece at a time, between the other things that this thread does. One
/// file; gone, it has stopped.
class BundleReading : public QObject
{
    Q_OBJECT
public:
    explicit BundleReading(const QString &path, QObject *parent = nullptr);

    /// finished() or failed() follows, never at once.
    void start();

Q_SIGNALS:
    /// `percent` of the file, and so many good messages; now and then.
    void progressed(int percent, qint64 messages);
    void finished(const Synchat::BundleVerdict &verdict);
    /// It cannot be read: a whole sentence.
    void failed(const QString &problem);

private:
    void step();
    void fail();

    QFile m_file;
    BundleChecker m_checker;
    QTimer m_timer;
    int m_percent = -1;
};

} // namespace Synchat
