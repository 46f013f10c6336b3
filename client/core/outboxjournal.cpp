// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/outboxjournal.h"

#include "client/core/durablefile.h"
#include "common/protocol.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct OutboxText
{
    Q_DECLARE_TR_FUNCTIONS(Outbox)
};

constexpr qint64 WorthCompacting = 256 * 1024;

QJsonValue numberOrNull(const std::optional<qint64> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

std::optional<qint64> numberFrom(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray putLine(const OutboxEntry &entry)
{
    return lineOf({{u"put"_s, entry.id.toString(QUuid::WithoutBraces)},
                   {u"room"_s, entry.room},
                   {u"text"_s, entry.text},
                   {u"live"_s, liveToJson(entry.live)},
                   {u"seen"_s, numberOrNull(entry.seen)},
                   {u"replyTo"_s, numberOrNull(entry.replyTo)},
                   {u"failed"_s, entry.failed},
                   {u"failure"_s, entry.failure}});
}

std::optional<OutboxEntry> entryFrom(const QJsonObject &object)
{
    OutboxEntry entry;
    entry.id = QUuid::fromString(object.value(u"put"_s).toString());
    entry.room = object.value(u"room"_s).toString();
    entry.text = object.value(u"text"_s).toString();
    if (entry.id.isNull() || entry.room.isEmpty() || entry.text.isEmpty())
        return std::nullopt;
    entry.live = liveFromJson(object.value(u"live"_s));
    entry.seen = numberFrom(object.value(u"seen"_s));
    entry.replyTo = numberFrom(object.value(u"replyTo"_s));
    entry.failed = object.value(u"failed"_s).toBool();
    entry.failure = object.value(u"failure"_s).toString();
    return entry;
}

auto findEntry(QList<OutboxEntry> &entries, const QUuid &id)
{
    return std::find_if(entries.begin(), entries.end(),
                        [&id](const OutboxEntry &entry) { return entry.id == id; });
}

/// False: the line makes no sense.
bool applyLine(QList<OutboxEntry> &entries, const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return false;
    const QJsonObject object = document.object();
    if (object.contains(u"put"_s)) {
        const auto entry = entryFrom(object);
        if (!entry)
            return false;
        const auto known = findEntry(entries, entry->id);
        if (known == entries.end())
            entries.append(*entry);
        else
            *known = *entry;
        return true;
    }
    const QUuid done = QUuid::fromString(object.value(u"done"_s).toString());
    if (done.isNull())
        return false;
    const auto known = findEntry(entries, done);
    if (known != entries.end())
        entries.erase(known);
    return true;
}

} // namespace

QList<OutboxEntry> readOutboxJournal(const QByteArray &bytes, QByteArray *damaged)
{
    QList<OutboxEntry> entries;
    qsizetype from = 0;
    while (from < bytes.size()) {
        qsizetype end = bytes.indexOf('\n', from);
        if (end < 0)
            end = bytes.size();
        const QByteArray line = bytes.mid(from, end - from);
        if (!line.isEmpty() && !applyLine(entries, line))
            damaged->append(line + '\n');
        from = end + 1;
    }
    return entries;
}

OutboxJournal::Loaded OutboxJournal::open(const QString &path)
{
    m_path = path;
    m_file.setFileName(path);
    Loaded loaded;
    if (!openForOwner(m_file)) {
        loaded.problem = OutboxText::tr("Messages that wait to be sent cannot be kept on disk: %1.")
                             .arg(m_file.errorString());
        return loaded;
    }
    QByteArray damaged;
    const QByteArray bytes = m_file.readAll();
    loaded.entries = readOutboxJournal(bytes, &damaged);
    if (damaged.isEmpty()) {
        // A cut after the last brace leaves a whole line without its end.
        loaded.problem = bytes.isEmpty() || bytes.endsWith('\n') ? QString() : append("\n", false);
        return loaded;
    }
    const QString aside = setAside(path, damaged);
    if (aside.isEmpty()) {
        // The only copy of those lines stays where it is, on a line of its own.
        append("\n", false);
        loaded.problem =
            OutboxText::tr("Some messages that waited to be sent cannot be read, and no copy of them "
                           "could be made beside %1.")
                .arg(path);
        return loaded;
    }
    loaded.damagedFile = aside;
    loaded.problem =
        OutboxText::tr("Some messages that waited to be sent cannot be read. What is left of them is "
                       "kept in %1.")
            .arg(aside);
    const QString failed = rewrite(loaded.entries);
    if (!failed.isEmpty())
        loaded.problem += u' ' + failed;
    return loaded;
}

QString OutboxJournal::put(const OutboxEntry &entry)
{
    return append(putLine(entry), true);
}

QString OutboxJournal::update(const OutboxEntry &entry)
{
    return append(putLine(entry), false);
}

QString OutboxJournal::remove(const QUuid &id)
{
    return append(lineOf({{u"done"_s, id.toString(QUuid::WithoutBraces)}}), false);
}

QString OutboxJournal::compact(const QList<OutboxEntry> &entries)
{
    if (!m_file.isOpen())
        return {};
    if (entries.isEmpty() && m_file.size() > WorthCompacting / 4) {
        m_file.resize(0);
        m_file.seek(0);
        return {};
    }
    // An entry is seldom longer than a few kB: so much more than that is history.
    if (m_file.size() < WorthCompacting + entries.size() * 20'000)
        return {};
    return rewrite(entries);
}

QString OutboxJournal::append(const QByteArray &line, bool sync)
{
    if (!m_file.isOpen())
        return OutboxText::tr("The message is not kept on disk: %1.").arg(m_file.errorString());
    const qint64 before = m_file.size();
    const bool written = m_file.seek(before) && m_file.write(line) == line.size() && m_file.flush() &&
                         (!sync || syncFile(m_file));
    if (written)
        return {};
    const QString reason = m_file.errorString();
    m_file.unsetError();
    m_file.resize(before); // half a line must not spoil the next one
    return OutboxText::tr("The message is not kept on disk: %1.").arg(reason);
}

QString OutboxJournal::rewrite(const QList<OutboxEntry> &entries)
{
    QByteArray bytes;
    for (const OutboxEntry &entry : entries)
        bytes += putLine(entry);
    const QString problem = replaceFile(m_path, bytes);
    if (!problem.isEmpty())
        return problem;
    m_file.close();
    if (!openForOwner(m_file))
        return OutboxText::tr("Messages that wait to be sent cannot be kept on disk: %1.")
            .arg(m_file.errorString());
    return {};
}

} // namespace Synchat
