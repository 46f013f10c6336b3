// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QWebSocket>

#include <functional>

namespace Synchat {

/// A client that knows nothing of ours but the wire: frames as JSON, kept in the order in which they came.
class WireClient : public QObject
{
    Q_OBJECT
public:
    WireClient();

    bool open(quint16 port);
    bool hello(const QString &name, const QString &token = {});
    void send(const QJsonObject &frame);
    void sendText(const QString &text) { m_socket.sendTextMessage(text); }
    /// The id of the post.
    QString post(const QString &text, const QString &room = QStringLiteral("general"));

    using Predicate = std::function<bool(const QJsonObject &)>;
    /// Waits for the first such frame and takes it out; empty when none comes.
    QJsonObject take(const QString &type, const Predicate &fits = {});
    /// The code of the error that comes next.
    QString takeError(QJsonObject *whole = nullptr);
    /// Everything that the server had sent before this call is here when it returns.
    bool settle();
    /// Of what is here and was not taken.
    QList<QJsonObject> all(const QString &type) const;
    const QList<QJsonObject> &frames() const { return m_frames; }
    void clear() { m_frames.clear(); }

    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    /// Waits until the connection is closed; -1 when it is not.
    int closeCode();
    void close() { m_socket.close(); }
    void abort() { m_socket.abort(); }

    QString userId() const { return m_userId; }
    QString token() const { return m_token; }

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_frames;
    QString m_userId;
    QString m_token;
    qint64 m_settles = 0;
};

} // namespace Synchat
