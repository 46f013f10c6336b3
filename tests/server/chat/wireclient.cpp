// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/server/chat/wireclient.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QTest>
#include <QUuid>

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 20000;

} // namespace

WireClient::WireClient()
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        m_frames.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
}

bool WireClient::open(quint16 port)
{
    m_socket.open(QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(port)));
    return QTest::qWaitFor([this] { return isOpen(); }, PatienceMs);
}

bool WireClient::hello(const QString &name, const QString &token)
{
    QJsonObject frame{{u"type"_s, u"hello"_s}, {u"name"_s, name}, {u"client"_s, u"test"_s}};
    if (!token.isNull())
        frame[u"auth"_s] = QJsonObject{{u"token"_s, token}};
    send(frame);
    const QJsonObject welcome = take(u"welcome"_s);
    m_userId = welcome[u"user"_s][u"id"_s].toString();
    m_token = welcome[u"token"_s].toString();
    return !m_userId.isEmpty();
}

void WireClient::send(const QJsonObject &frame)
{
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

QString WireClient::post(const QString &text, const QString &room)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    send({{u"type"_s, u"post"_s}, {u"room"_s, room}, {u"id"_s, id}, {u"text"_s, text}});
    return id;
}

QJsonObject WireClient::take(const QString &type, const Predicate &fits)
{
    QJsonObject found;
    const bool came = QTest::qWaitFor(
        [&] {
            for (qsizetype i = 0; i < m_frames.size(); ++i) {
                if (m_frames[i][u"type"_s].toString() != type || (fits && !fits(m_frames[i])))
                    continue;
                found = m_frames.takeAt(i);
                return true;
            }
            return false;
        },
        PatienceMs);
    if (!came)
        qWarning("no %s came", qPrintable(type));
    return found;
}

QString WireClient::takeError(QJsonObject *whole)
{
    const QJsonObject error = take(u"error"_s);
    if (whole)
        *whole = error;
    return error[u"code"_s].toString();
}

bool WireClient::settle()
{
    const qint64 t1 = ++m_settles;
    send({{u"type"_s, u"time"_s}, {u"t1"_s, t1}});
    return !take(u"time"_s, [t1](const QJsonObject &frame) {
                return frame[u"t1"_s].toInteger() == t1;
            }).isEmpty();
}

QList<QJsonObject> WireClient::all(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &frame : m_frames) {
        if (frame[u"type"_s].toString() == type)
            found.append(frame);
    }
    return found;
}

int WireClient::closeCode()
{
    const bool closed =
        QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, PatienceMs);
    return closed ? int(m_socket.closeCode()) : -1;
}

} // namespace Synchat
