// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/framefields.h"
#include "common/messagejson.h"

#include <QJsonDocument>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

/// Reads exactly what stampsText() writes, field by field. Whatever stands otherwise makes it fail() for
/// good: it is no JSON parser, that one is asked then.
class StampScanner
{
public:
    explicit StampScanner(QStringView text)
        : m_rest(text)
    {}

    bool failed() const { return m_failed; }
    bool isAtEnd() const { return m_rest.isEmpty(); }
    void fail() { m_failed = true; }

    void literal(QLatin1StringView expected)
    {
        if (!takes(expected))
            fail();
    }

    OptionalMicros number()
    {
        if (takes("null"_L1))
            return std::nullopt;
        const bool isNegative = takes("-"_L1);
        qsizetype length = 0;
        qint64 value = 0;
        for (; length < m_rest.size() && isDigit(m_rest[length]); ++length) {
            if (length == MostDigits) {
                fail();
                return std::nullopt;
            }
            value = value * 10 + (m_rest[length].unicode() - u'0');
        }
        if (length == 0 || (length > 1 && m_rest[0] == u'0') || value > LargestExactInteger)
            fail();
        m_rest = m_rest.sliced(length);
        return isNegative ? -value : value;
    }

    OptionalMicros width() ///< never negative
    {
        const OptionalMicros value = number();
        if (value && *value < 0)
            fail();
        return value;
    }

    StampState state()
    {
        using Name = std::pair<QLatin1StringView, StampState>;
        for (const auto &[name, state] :
             {Name("\"ok\""_L1, StampState::Ok), Name("\"none\""_L1, StampState::None),
              Name("\"unsynced\""_L1, StampState::Unsynced), Name("\"holdover\""_L1, StampState::Holdover),
              Name("\"falseticker\""_L1, StampState::Falseticker)}) {
            if (takes(name))
                return state;
        }
        fail();
        return StampState::None;
    }

    ProbePath via()
    {
        if (takes("null"_L1))
            return ProbePath::None;
        if (takes("\"udp\""_L1))
            return ProbePath::Udp;
        literal("\"ws\""_L1);
        return ProbePath::WebSocket;
    }

    bool boolean()
    {
        if (takes("false"_L1))
            return false;
        literal("true"_L1);
        return true;
    }

    QString text() ///< or null; without escapes
    {
        if (takes("null"_L1))
            return {};
        literal("\""_L1);
        const qsizetype end = m_rest.indexOf(u'"');
        if (m_failed || end < 0) {
            fail();
            return {};
        }
        const QStringView inner = m_rest.first(end);
        for (const QChar character : inner) {
            if (character == u'\\' || character < u' ' || character > u'~')
                fail();
        }
        m_rest = m_rest.sliced(end + 1);
        return inner.toString();
    }

private:
    static constexpr qsizetype MostDigits = 16;
    static bool isDigit(QChar character) { return character >= u'0' && character <= u'9'; }

    bool takes(QLatin1StringView expected)
    {
        if (!m_rest.startsWith(expected))
            return false;
        m_rest = m_rest.sliced(expected.size());
        return true;
    }

    QStringView m_rest;
    bool m_failed = false;
};

LiveStamp scanLive(StampScanner &in)
{
    LiveStamp live;
    in.literal("\"live\":{\"t\":"_L1);
    live.t = in.number();
    in.literal(",\"state\":"_L1);
    live.state = in.state();
    in.literal(",\"offset\":"_L1);
    live.offset = in.number();
    in.literal(",\"bound\":"_L1);
    live.bound = in.width();
    in.literal(",\"via\":"_L1);
    live.via = in.via();
    in.literal(",\"fault\":"_L1);
    live.fault = in.boolean();
    in.literal("},"_L1);
    return live;
}

LocalStamp scanLocal(StampScanner &in)
{
    LocalStamp local;
    in.literal("\"local\":{\"t\":"_L1);
    local.t = in.number();
    in.literal(",\"state\":"_L1);
    local.state = in.state();
    in.literal(",\"offset\":"_L1);
    local.offset = in.number();
    in.literal(",\"bound\":"_L1);
    local.bound = in.width();
    in.literal(",\"boot\":"_L1);
    local.boot = in.text();
    in.literal(",\"up\":"_L1);
    local.up = in.width();
    in.literal(",\"fault\":"_L1);
    local.fault = in.boolean();
    in.literal("},"_L1);
    return local;
}

SourceStamp scanSource(StampScanner &in, QLatin1StringView opening)
{
    SourceStamp source;
    in.literal(opening);
    source.t = in.number();
    in.literal(",\"state\":"_L1);
    source.state = in.state();
    in.literal(",\"bound\":"_L1);
    source.bound = in.width();
    in.literal(",\"source\":"_L1);
    source.source = in.text();
    in.literal(",\"age\":"_L1);
    source.age = in.width();
    in.literal("},"_L1);
    return source;
}

BestStamp scanBest(StampScanner &in)
{
    BestStamp best;
    in.literal("\"best\":{\"t\":"_L1);
    best.t = in.number();
    in.literal(",\"state\":"_L1);
    best.state = in.state();
    in.literal(",\"bound\":"_L1);
    best.bound = in.width();
    in.literal("}}"_L1);
    return best;
}

/// A stamp without a time has nothing but what the other reader makes of it.
bool isPlain(const Stamps &stamps)
{
    const bool isLivePlain =
        stamps.live.t ? stamps.live.state != StampState::None : stamps.live == LiveStamp();
    const auto isSourcePlain = [](const SourceStamp &source) {
        return source.t.has_value() || source.state == StampState::None;
    };
    return isLivePlain && (stamps.local.t || stamps.local == LocalStamp()) &&
           (stamps.best.t || stamps.best == BestStamp()) && isSourcePlain(stamps.api) &&
           isSourcePlain(stamps.ntp);
}

} // namespace

std::optional<Stamps> scanStamps(const QString &json)
{
    StampScanner in(json);
    in.literal("{"_L1);
    Stamps stamps;
    stamps.live = scanLive(in);
    stamps.local = scanLocal(in);
    stamps.api = scanSource(in, "\"api\":{\"t\":"_L1);
    stamps.ntp = scanSource(in, "\"ntp\":{\"t\":"_L1);
    stamps.best = scanBest(in);
    if (in.failed() || !in.isAtEnd() || !isPlain(stamps))
        return std::nullopt;
    return stamps;
}

Stamps stampsFromText(const QString &json)
{
    if (const auto stamps = scanStamps(json))
        return *stamps;
    return stampsFromJson(QJsonDocument::fromJson(json.toUtf8()).object());
}

} // namespace Synchat
