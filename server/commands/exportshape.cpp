// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/commands/exportshape.h"

#include "common/bundle.h"
#include "common/messagechain.h"
#include "server/store/signingkeyfile.h"
#include "server/store/timereportfile.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::ExportShape)
};

/// JSON lines, CSV, HTML.
class PlainShape : public ExportShape
{
public:
    explicit PlainShape(ExportWriter writer)
        : m_writer(std::move(writer))
    {}
    QByteArray begin() override { return m_writer.header(); }
    std::optional<QByteArray> row(const ChainedMessage &message) override
    {
        return m_writer.row(message.message);
    }
    QByteArray end() override { return m_writer.footer(); }

private:
    ExportWriter m_writer;
};

class BundleShape : public ExportShape
{
public:
    BundleShape(BundleOpening opening, BundleManifest facts, SigningKey key)
        : m_writer(std::move(opening))
        , m_facts(std::move(facts))
        , m_key(std::move(key))
    {}
    QByteArray begin() override { return m_writer.begin(); }
    std::optional<QByteArray> row(const ChainedMessage &message) override
    {
        return m_writer.row(message.message, message.chain);
    }
    QByteArray end() override { return m_writer.end(m_facts, m_key); }

private:
    BundleWriter m_writer;
    BundleManifest m_facts;
    SigningKey m_key;
};

using Made = Result<std::unique_ptr<ExportShape>, QString>;

Made makeBundle(const ExportRequest &request, const StoredRoom &room, const ExportRange &range,
                WireMicros now)
{
    if (range.previous.size() != ChainHashBytes)
        return Failure(
            Text::tr("Message %1 is missing in the history, so that the chain has no beginning here; see "
                     "\"synchatd check\".")
                .arg(range.first - 1));
    const QString &dataDir = request.config.store.dataDir;
    auto key = readSigningKey(dataDir, request.config.signingSeed);
    if (!key)
        return Failure(key.error());
    BundleManifest facts;
    facts.title = room.title;
    facts.roomFirst = room.firstSeq;
    facts.roomLast = std::max(room.lastSeq, range.last); // others may have written since the room was read
    facts.from = request.from;
    facts.to = request.to;
    facts.exportedAt = now;
    facts.program = u"synchatd "_s + QStringLiteral(SYNCHAT_VERSION);
    facts.time = readTimeReport(dataDir);
    BundleOpening opening{
        .room = room.name, .epoch = room.epoch, .first = range.first, .previous = range.previous};
    return Made(std::make_unique<BundleShape>(std::move(opening), std::move(facts), *std::move(key)));
}

} // namespace

Made ExportShape::make(const ExportRequest &request, const StoredRoom &room, const ExportRange &range,
                       WireMicros now)
{
    const auto format = exportFormatFromName(request.format);
    if (!format)
        return makeBundle(request, room, range, now);
    const ExportHeading heading{.room = room.name,
                                .title = room.title,
                                .origin = request.config.chat.serverName,
                                .madeAt = now,
                                .cells = request.cells};
    return Made(std::make_unique<PlainShape>(ExportWriter(*format, heading)));
}

} // namespace Synchat
