// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/findquery.h"

#include "client/core/serverurl.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr std::chrono::seconds Deadline{15}; // a search takes up to 2 s, behind others
constexpr int Ok = 200;

Result<FoundFrame, ServerFrameProblem> foundFrom(const QByteArray &body)
{
    QJsonObject object = QJsonDocument::fromJson(body).object();
    object.insert(u"type"_s, u"found"_s); // the fields are those of the frame
    const auto parsed = parseServerFrame(QJsonDocument(object).toJson(QJsonDocument::Compact));
    if (!parsed)
        return Failure(parsed.error());
    return std::get<FoundFrame>(parsed->frame);
}

} // namespace

QUrl searchUrl(const QUrl &server, const SearchFrame &search)
{
    QList<std::pair<QString, QString>> fields{{u"q"_s, search.query},
                                              {u"limit"_s, QString::number(search.limit)}};
    if (search.room)
        fields.append({u"room"_s, search.room->text()});
    if (!search.from.isEmpty())
        fields.append({u"from"_s, search.from});
    if (search.since)
        fields.append({u"since"_s, QString::number(*search.since)});
    if (search.until)
        fields.append({u"until"_s, QString::number(*search.until)});
    if (!search.cursor.isEmpty())
        fields.append({u"cursor"_s, search.cursor});
    QByteArrayList parts;
    for (const auto &[name, value] : fields)
        parts.append(name.toLatin1() + '=' + QUrl::toPercentEncoding(value)); // a plus sign too
    QUrl url = apiUrl(server, u"/api/v1/search"_s);
    url.setQuery(QString::fromLatin1(parts.join('&')), QUrl::StrictMode);
    return url;
}

FindQuery::FindQuery(QObject *parent)
    : QObject(parent)
    , m_query(Deadline, MaxAnswer)
{
    connect(&m_query, &DaemonQuery::finished, this, &FindQuery::take);
}

void FindQuery::ask(const QUrl &server, const SearchFrame &search, qsizetype most)
{
    m_server = server;
    m_search = search;
    m_search.cursor.clear();
    m_most = most;
    m_found.clear();
    askOn();
}

void FindQuery::askOn()
{
    m_search.limit = int(std::min<qsizetype>(m_most - m_found.size(), Limits::MaxPage));
    m_query.ask(m_server, searchUrl(m_server, m_search));
}

void FindQuery::take(const Result<DaemonAnswer, DaemonSilence> &answer)
{
    if (!answer) {
        Q_EMIT finished(Failure(answer.error().sentence));
        return;
    }
    if (answer->status != Ok) {
        Q_EMIT finished(Failure(refusalFrom(*answer)));
        return;
    }
    const auto found = foundFrom(answer->body);
    if (!found) {
        Q_EMIT finished(Failure(tr("%1 does not search as a Synchat daemon does.").arg(m_query.label())));
        return;
    }
    m_found.append(found->messages);
    m_search.cursor = found->cursor;
    if (found->cursor.isEmpty() || m_found.size() >= m_most)
        Q_EMIT finished(m_found);
    else
        askOn();
}

QString FindQuery::refusalFrom(const DaemonAnswer &answer) const
{
    const QString detail = QJsonDocument::fromJson(answer.body).object().value(u"detail"_s).toString();
    if (!detail.isEmpty())
        return detail;
    return tr("%1 does not search as a Synchat daemon does: it answers with status %2.")
        .arg(m_query.label(), QString::number(answer.status));
}

} // namespace Synchat
