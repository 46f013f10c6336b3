// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/exportformat.h"
#include "common/protocol.h"

#include <QObject>
#include <QPointer>
#include <QSaveFile>

#include <memory>

namespace Synchat {

class ChatClient;

/// What is to be written where.
struct ExportOrder
{
    RoomName room = RoomName::general();
    ExportFormat format = ExportFormat::JsonLines;
    QString path;
    ExportHeading heading; ///< `room` is filled from above
};

/// Writes the history of one room into a file, as the daemon gives it page by page: holds one page in memory,
/// waits while there is no link, and lets the file appear under its name only when it is whole. Ends with the
/// last message that there was at the start. Once: a new one for another file.
class HistoryExport : public QObject
{
    Q_OBJECT
public:
    HistoryExport(ChatClient &client, ExportOrder order, QObject *parent = nullptr);

    void start();
    void cancel(); ///< nothing is left of it; no signal follows

    qint64 written() const { return m_writer.rows(); }
    const ExportOrder &order() const { return m_order; }

Q_SIGNALS:
    /// `total` counts what there was at the start; `note` says what is waited for, empty: nothing.
    void progressed(qint64 written, qint64 total, const QString &note);
    void finished(qint64 written);
    void failed(const QString &sentence);

private:
    void ask();
    void take(const QString &ref, const HistoryPage &page);
    void takeFailure(const QString &ref, const ErrorFrame &error);
    bool write(const QByteArray &bytes);
    bool writeRows(const HistoryPage &page);
    void finish();
    void fail(const QString &sentence);
    void tell(const QString &note = {});

    QPointer<ChatClient> m_client;
    ExportOrder m_order;
    ExportWriter m_writer;
    std::unique_ptr<QSaveFile> m_file; ///< null: not begun, or over
    QString m_ref;
    QString m_epoch;
    qint64 m_after = 0;  ///< all up to here is written
    qint64 m_first = 0;  ///< of the room, at the start
    qint64 m_target = 0; ///< the last one to write
    bool m_waitsForLink = false;
};

} // namespace Synchat
