// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/clientstate.h"

#include "client/core/durablefile.h"
#include "client/core/serverurl.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr std::chrono::seconds WriteDelay{1};
constexpr qsizetype MaxReadablePart = 40;

QString readablePart(const QString &text)
{
    QString safe;
    for (const QChar c : text) {
        const bool plain = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-');
        safe += plain ? c : QChar(u'_');
    }
    return safe.left(MaxReadablePart);
}

bool makeForOwner(const QString &folder)
{
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    return QDir().mkpath(folder) && QFile::setPermissions(folder, owner);
}

} // namespace

QString stateFolderName(const QUrl &server, const UserName &name)
{
    const auto url = webSocketUrl(server);
    const QString exact = (url ? url->toString() : server.toString()) + u'\n' + name.folded();
    const QByteArray hash =
        QCryptographicHash::hash(exact.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return readablePart(serverLabel(server)) + u'-' + readablePart(name.text()) + u'-' +
           QString::fromLatin1(hash);
}

ClientState::ClientState(const QString &stateDir, const QUrl &server, const UserName &name, QObject *parent)
    : QObject(parent)
{
    m_writer.setSingleShot(true);
    m_writer.setInterval(WriteDelay);
    connect(&m_writer, &QTimer::timeout, this, &ClientState::flush);
    if (!stateDir.isEmpty())
        open(QDir(stateDir).filePath(stateFolderName(server, name)));
}

ClientState::~ClientState()
{
    if (m_writer.isActive())
        flush();
}

QString ClientState::outboxPath() const
{
    return m_folder.isEmpty() ? QString() : QDir(m_folder).filePath(u"outbox.jsonl"_s);
}

void ClientState::setToken(const QString &token)
{
    if (m_token == token)
        return;
    m_token = token;
    flush();
}

std::optional<ClientState::LastRead> ClientState::lastRead(const QString &room) const
{
    const auto found = m_lastRead.constFind(room);
    return found == m_lastRead.constEnd() ? std::nullopt : std::optional(*found);
}

void ClientState::setLastRead(const QString &room, const LastRead &read)
{
    m_lastRead.insert(room, read);
    if (!m_writer.isActive())
        m_writer.start();
}

void ClientState::flush()
{
    m_writer.stop();
    if (m_folder.isEmpty())
        return;
    QJsonObject rooms;
    for (auto it = m_lastRead.constBegin(); it != m_lastRead.constEnd(); ++it)
        rooms.insert(it.key(), QJsonObject{{u"lastRead"_s, it->seq}, {u"epoch"_s, it->epoch}});
    const QJsonObject state{{u"token"_s, m_token}, {u"rooms"_s, rooms}};
    const QString problem =
        replaceFile(QDir(m_folder).filePath(u"state.json"_s), QJsonDocument(state).toJson());
    if (!problem.isEmpty() || m_problem == m_writeProblem)
        setProblem(problem);
    m_writeProblem = problem;
}

void ClientState::open(const QString &folder)
{
    if (!makeForOwner(folder)) {
        setProblem(tr("The folder %1 cannot be made: nothing is kept on disk.").arg(folder));
        return;
    }
    m_lock = std::make_unique<QLockFile>(QDir(folder).filePath(u"lock"_s));
    m_lock->setStaleLockTime(
        0); // held for as long as we run; a holder that died is noticed by its process id
    const bool locked = m_lock->tryLock(0);
    m_folder = folder;
    load();
    if (locked)
        return;
    m_folder.clear();
    if (m_lock->error() == QLockFile::LockFailedError)
        setProblem(
            tr("Another program with the same name and server is running: what is typed here is kept in "
               "memory only until it is sent."));
    else
        setProblem(tr("The folder %1 cannot be locked: nothing is kept on disk.").arg(folder));
}

void ClientState::load()
{
    const QString path = QDir(m_folder).filePath(u"state.json"_s);
    QFile file(path);
    if (!file.exists())
        return;
    if (!file.open(QIODevice::ReadOnly)) {
        setProblem(tr("%1 cannot be read: %2.").arg(path, file.errorString()));
        return;
    }
    const QByteArray bytes = file.readAll();
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        const QString aside = m_lock->isLocked() ? setAside(path, bytes) : QString();
        setProblem(
            tr("%1 cannot be understood; you may be a new person to the server. What it held is kept in %2.")
                .arg(path, aside.isEmpty() ? path : aside));
        return;
    }
    m_token = document.object().value(u"token"_s).toString();
    const QJsonObject rooms = document.object().value(u"rooms"_s).toObject();
    for (auto it = rooms.constBegin(); it != rooms.constEnd(); ++it) {
        const QJsonObject room = it->toObject();
        m_lastRead.insert(it.key(),
                          {room.value(u"lastRead"_s).toInteger(), room.value(u"epoch"_s).toString()});
    }
}

void ClientState::setProblem(const QString &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged();
}

} // namespace Synchat
