// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/historyexport.h"

#include "client/core/chatclient.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace Synchat {

namespace {

constexpr double RetryAfter = 2.0; ///< seconds, when the daemon does not say

ExportHeading headingOf(const ExportOrder &order)
{
    ExportHeading heading = order.heading;
    heading.room = order.room.text();
    return heading;
}

} // namespace

HistoryExport::HistoryExport(ChatClient &client, ExportOrder order, QObject *parent)
    : QObject(parent)
    , m_client(&client)
    , m_order(std::move(order))
    , m_writer(m_order.format, headingOf(m_order))
{
    connect(&client, &ChatClient::pageRead, this, &HistoryExport::take);
    connect(&client, &ChatClient::requestFailed, this, &HistoryExport::takeFailure);
    connect(&client, &ChatClient::joined, this, [this](const QString &room) {
        if (std::exchange(m_waitsForLink, m_waitsForLink && room != m_order.room.text()) && !m_waitsForLink)
            ask();
    });
    connect(&client, &QObject::destroyed, this,
            [this] { fail(tr("The connection to this server was given up.")); });
}

void HistoryExport::start()
{
    m_file = std::make_unique<QSaveFile>(m_order.path);
    // A folder in which nothing can be made must not cost the file that is there.
    m_file->setDirectWriteFallback(false);
    if (!m_file->open(QIODevice::WriteOnly)) {
        fail(tr("%1 cannot be written: %2.").arg(m_order.path, m_file->errorString()));
        return;
    }
    if (write(m_writer.header()))
        ask();
}

void HistoryExport::cancel()
{
    m_ref.clear();
    m_waitsForLink = false;
    m_file.reset(); // what was not committed goes
}

void HistoryExport::ask()
{
    if (m_client && m_file)
        m_ref = m_client->readPage({m_order.room, HistoryAnchor::After, m_after, Limits::MaxPage});
}

void HistoryExport::take(const QString &ref, const HistoryPage &page)
{
    if (ref != m_ref || !m_file)
        return;
    m_ref.clear();
    if (m_epoch.isEmpty()) {
        m_epoch = page.epoch;
        m_first = page.firstSeq;
        m_target = page.lastSeq;
    }
    if (page.epoch != m_epoch) {
        fail(tr("The server has another history of # %1 now. Export it again.").arg(m_order.room.text()));
        return;
    }
    if (!writeRows(page))
        return;
    const bool end = page.messages.isEmpty() || page.complete || m_after >= m_target;
    if (end) {
        finish();
        return;
    }
    tell();
    ask();
}

bool HistoryExport::writeRows(const HistoryPage &page)
{
    for (const Message &message : page.messages) {
        if (message.seq <= m_after || message.seq > m_target)
            continue;
        if (!write(m_writer.row(message)))
            return false;
        m_after = message.seq;
    }
    return true;
}

void HistoryExport::takeFailure(const QString &ref, const ErrorFrame &error)
{
    if (ref != m_ref || !m_file)
        return;
    m_ref.clear();
    if (m_client->linkState() != LinkState::Online || !m_client->isJoined(m_order.room.text())) {
        m_waitsForLink = true;
        tell(tr("Waiting for the connection…"));
        return;
    }
    if (error.code != ErrorCode::RateLimited && error.code != ErrorCode::Busy) {
        fail(error.message);
        return;
    }
    const double wait = std::clamp(error.retryAfter.value_or(RetryAfter), 0.05, 600.0);
    tell(tr("The server asks to wait…"));
    QTimer::singleShot(static_cast<int>(wait * 1000), this, [this] {
        if (m_ref.isEmpty() && !m_waitsForLink)
            ask();
    });
}

bool HistoryExport::write(const QByteArray &bytes)
{
    if (m_file->write(bytes) == bytes.size())
        return true;
    fail(tr("%1 cannot be written: %2.").arg(m_order.path, m_file->errorString()));
    return false;
}

void HistoryExport::finish()
{
    if (!write(m_writer.footer()))
        return;
    if (!m_file->commit()) {
        fail(tr("%1 cannot be written: %2.").arg(m_order.path, m_file->errorString()));
        return;
    }
    m_file.reset();
    Q_EMIT finished(written());
}

void HistoryExport::fail(const QString &sentence)
{
    if (!m_file)
        return;
    cancel();
    Q_EMIT failed(sentence);
}

void HistoryExport::tell(const QString &note)
{
    const qint64 total = m_target > 0 ? m_target - m_first + 1 : 0;
    Q_EMIT progressed(written(), std::max(total, written()), note);
}

} // namespace Synchat
