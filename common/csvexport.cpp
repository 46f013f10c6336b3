// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/csvexport.h"

#include "common/messagejson.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr QByteArrayView ByteOrderMark = "\xEF\xBB\xBF";
constexpr auto LineEnd = "\r\n";

// In the order of appendMessageFields(); an order that was released only gets new columns at its end.
constexpr std::array Columns{
    "room"_L1,        "seq"_L1,        "id"_L1,          "kind"_L1,       "author_id"_L1,  "author_name"_L1,
    "text"_L1,        "seen"_L1,       "reply_to"_L1,    "live_t"_L1,     "live_iso"_L1,   "live_state"_L1,
    "live_skew"_L1,   "live_bound"_L1, "live_via"_L1,    "live_fault"_L1, "local_t"_L1,    "local_iso"_L1,
    "local_state"_L1, "local_skew"_L1, "local_bound"_L1, "local_boot"_L1, "local_up"_L1,   "local_fault"_L1,
    "api_t"_L1,       "api_iso"_L1,    "api_state"_L1,   "api_skew"_L1,   "api_bound"_L1,  "api_source"_L1,
    "api_age"_L1,     "ntp_t"_L1,      "ntp_iso"_L1,     "ntp_state"_L1,  "ntp_skew"_L1,   "ntp_bound"_L1,
    "ntp_source"_L1,  "ntp_age"_L1,    "best_t"_L1,      "best_iso"_L1,   "best_state"_L1, "best_bound"_L1,
    "on_the_way"_L1,
};

/// Fields of one record, commas between them.
class Record
{
public:
    explicit Record(CsvCells cells)
        : m_cells(cells)
    {}

    void text(const QString &value) { append(csvField(value, m_cells)); }
    void plain(const QString &value) { append(value.toUtf8()); } ///< ours: needs no quotes, is no formula
    void number(std::optional<qint64> value) { append(value ? QByteArray::number(*value) : QByteArray()); }
    void time(OptionalMicros value)
    {
        number(value);
        plain(value ? isoUtc(*value) : QString());
    }
    void flag(bool value) { append(value ? "true" : "false"); }

    QByteArray line() { return std::move(m_out) + LineEnd; }

private:
    void append(const QByteArray &field)
    {
        if (m_begun)
            m_out.append(',');
        m_begun = true;
        m_out.append(field);
    }

    CsvCells m_cells;
    QByteArray m_out;
    bool m_begun = false;
};

void appendLive(Record &record, const Stamps &stamps)
{
    record.time(stamps.live.t);
    record.plain(stampStateName(stamps.live.state));
    record.number(liveSkew(stamps));
    record.number(stamps.live.bound);
    record.plain(probePathName(stamps.live.via));
    record.flag(stamps.live.fault);
}

void appendLocal(Record &record, const Stamps &stamps)
{
    record.time(stamps.local.t);
    record.plain(stampStateName(stamps.local.state));
    record.number(localSkew(stamps));
    record.number(stamps.local.bound);
    record.text(stamps.local.boot);
    record.number(stamps.local.up);
    record.flag(stamps.local.fault);
}

void appendSource(Record &record, const SourceStamp &source, const BestStamp &best)
{
    record.time(source.t);
    record.plain(stampStateName(source.state));
    record.number(sourceSkew(source, best));
    record.number(source.bound);
    record.text(source.source);
    record.number(source.age);
}

/// An apostrophe before whatever makes a formula where a cell begins, or may begin: a program whose lists are
/// separated by semicolons or tabs knows no commas, so that our quotes are in the middle of a cell to it, and
/// end it at each separator and line end in a text (OWASP, CSV injection). Quotes and spaces may be passed
/// over.
QString withoutFormulas(const QString &text)
{
    constexpr QStringView Formula = u"=+-@\uFF1D\uFF0B\uFF0D\uFF20"; // the wide ones count in Japanese
    constexpr QStringView Break = u";\t\r\n";
    constexpr QStringView Dropped = u"\t\r"; // at the start of a cell
    QString cell;
    bool begins = true;
    for (const QChar c : text) {
        if ((begins && Formula.contains(c)) || (cell.isEmpty() && Dropped.contains(c)))
            cell.append(u'\'');
        cell.append(c);
        begins = Break.contains(c) || (begins && (c == u'"' || c.isSpace()));
    }
    return cell;
}

bool wantsQuotes(const QString &text)
{
    constexpr QStringView Special = u",\"\r\n";
    if (text.isEmpty())
        return false;
    return text.front().isSpace() || text.back().isSpace() ||
           std::any_of(text.begin(), text.end(), [=](QChar c) { return Special.contains(c); });
}

} // namespace

QByteArray csvField(const QString &text, CsvCells cells)
{
    QString field = cells == CsvCells::ForSpreadsheets ? withoutFormulas(text) : text;
    if (!wantsQuotes(field))
        return field.toUtf8();
    return u"\"%1\""_s.arg(field.replace(u'"', u"\"\""_s)).toUtf8();
}

QByteArray csvHeader(CsvCells cells)
{
    Record record(CsvCells::Exact);
    for (const QLatin1StringView name : Columns)
        record.plain(name);
    return (cells == CsvCells::ForSpreadsheets ? ByteOrderMark.toByteArray() : QByteArray()) + record.line();
}

QByteArray csvRow(const Message &message, CsvCells cells)
{
    Record record(cells);
    record.plain(message.room);
    record.number(message.seq);
    record.plain(message.id.toString(QUuid::WithoutBraces));
    record.text(message.kind);
    record.text(message.from.id);
    record.text(message.from.name);
    record.text(message.text);
    record.number(message.seen);
    record.number(message.replyTo);
    appendLive(record, message.stamps);
    appendLocal(record, message.stamps);
    appendSource(record, message.stamps.api, message.stamps.best);
    appendSource(record, message.stamps.ntp, message.stamps.best);
    record.time(message.stamps.best.t);
    record.plain(stampStateName(message.stamps.best.state));
    record.number(message.stamps.best.bound);
    record.number(timeOnTheWay(message.stamps));
    return record.line();
}

} // namespace Synchat
