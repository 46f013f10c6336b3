// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/storagekit.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Synchat {

RawClient::RawClient(const DaemonProcess &daemon, const QString &name)
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        m_frames.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
    m_socket.open(QUrl(daemon.url() + u"/ws"_s));
    waitUntil([this] { return m_socket.isValid(); });
    send({{u"type"_s, u"hello"_s}, {u"name"_s, name}, {u"client"_s, u"test"_s}});
    send({{u"type"_s, u"join"_s}, {u"room"_s, u"general"_s}});
    waitUntil([this] { return !ofType(u"joined"_s).isEmpty(); });
}

void RawClient::send(const QJsonObject &frame)
{
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

void RawClient::post(int number, const QString &text)
{
    send({{u"type"_s, u"post"_s},
          {u"room"_s, u"general"_s},
          {u"id"_s, u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'))},
          {u"text"_s, text}});
}

QList<QJsonObject> RawClient::ofType(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &frame : m_frames) {
        if (frame.value(u"type"_s) == type)
            found.append(frame);
    }
    return found;
}

qsizetype RawClient::answers() const
{
    return ofType(u"message"_s).size() + ofType(u"error"_s).size();
}

CommandProcess::CommandProcess(const QStringList &words, const QString &dataDir, const QString &storeUrl)
{
    if (!storeUrl.isEmpty()) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SYNCHAT_STORE_URL"_s, storeUrl);
        m_process.setProcessEnvironment(environment);
    }
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(programPath(u"synchatd"_s), words + QStringList{u"--data-dir"_s, dataDir});
}

int CommandProcess::waitForEnd()
{
    constexpr int Patience = 60000;
    const bool isEnded = waitUntil([this] { return !isRunning(); }, Patience);
    m_said += m_process.readAll();
    return isEnded && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QJsonObject generalOf(const DaemonProcess &daemon)
{
    const HttpAnswer answer = httpGet(u"http://127.0.0.1:%1/api/v1/rooms"_s.arg(daemon.httpPort()));
    const QJsonArray rooms = QJsonDocument::fromJson(answer.body).object().value(u"rooms"_s).toArray();
    for (const auto &room : rooms) {
        if (room[u"room"_s] == u"general"_s)
            return room.toObject();
    }
    return {};
}

HttpAnswer readyOf(const DaemonProcess &daemon)
{
    return httpGet(u"http://127.0.0.1:%1/readyz"_s.arg(daemon.httpPort()));
}

} // namespace Synchat
