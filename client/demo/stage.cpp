// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/stage.h"

#include "client/demo/script.h"

#include <QDir>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// All of 127.0.0.0/8 is this machine: here the slow line can have the daemon's NTP port too.
const QHostAddress SlowAddress(u"127.0.0.2"_s);
constexpr LineDelays SlowLine{std::chrono::milliseconds(40), std::chrono::milliseconds(2)};
/// The conversation begins without those who are not there by then.
constexpr std::chrono::seconds LongestCountIn{15};
constexpr int UpstreamCount = 3;
constexpr int Liar = 2;

QString serverUrl(const QHostAddress &address, quint16 port)
{
    return u"ws://%1:%2"_s.arg(address.toString()).arg(port);
}

} // namespace

Stage::Stage(QString programs, QObject *parent)
    : QObject(parent)
    , m_programs(std::move(programs))
    , m_slowLine(SlowLine)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &Stage::sayNext);
}

Stage::~Stage()
{
    for (const auto &child : m_children) {
        child->disconnect(this);
        child->requestEnd(); // all at once, before the first is waited for
    }
}

Child *Stage::newChild(const QString &program, const QString &name)
{
    m_children.push_back(std::make_unique<Child>(QDir(m_programs).filePath(program), name, m_folder.path()));
    return m_children.back().get();
}

std::optional<Stage::Daemon> Stage::startDaemon(const QString &name, const QStringList &arguments,
                                                const QList<std::pair<QString, QString>> &settings)
{
    Child *process = newChild(u"synchatd"_s, name);
    for (const auto &[variable, value] : settings)
        process->setEnvironment(variable, value);
    process->start(QStringList{u"--bind"_s, u"127.0.0.1"_s, u"--ntp-port"_s, u"0"_s, u"--data-dir"_s,
                               m_folder.filePath(name)} +
                   arguments);
    static const QRegularExpression form(u"^synchatd ready http=\\S+:(\\d+) ntp=\\S+:(\\d+) "_s);
    const QRegularExpressionMatch ready = form.match(process->firstLine());
    if (!ready.hasMatch()) {
        m_lastProblem = process->problem();
        return std::nullopt;
    }
    connect(process, &Child::ended, this, [this, process] {
        Q_EMIT finished(tr("The daemon \"%1\" has ended: %2").arg(process->name(), process->problem()));
    });
    return Daemon{process, ready.captured(1).toUShort(), ready.captured(2).toUShort()};
}

std::optional<QString> Stage::openUpstreams()
{
    for (int i = 0; i < UpstreamCount; ++i) {
        QStringList arguments{u"--port"_s, u"0"_s};
        if (i == Liar)
            arguments << u"--clock-fault"_s << u"offset=+5s"_s;
        const auto upstream =
            startDaemon(u"upstream%1"_s.arg(i + 1), arguments, {{u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s}});
        if (!upstream)
            return tr("An upstream server could not be started: %1").arg(m_lastProblem);
        m_upstreams.push_back(*upstream);
    }
    return std::nullopt;
}

std::optional<QString> Stage::openDaemon(quint16 port)
{
    QStringList servers;
    for (const Daemon &upstream : m_upstreams)
        servers.append(u"127.0.0.1:%1"_s.arg(upstream.ntpPort));
    const auto daemon =
        startDaemon(u"daemon"_s, {u"--port"_s, QString::number(port)},
                    {{u"SYNCHAT_TIME_OS_CLOCK"_s, u"no"_s},
                     {u"SYNCHAT_TIME_NTP_SERVERS"_s, servers.join(u',')},
                     {u"SYNCHAT_TIME_HTTP_SOURCES"_s,
                      u"http://127.0.0.1:%1/api/timezone/Etc/UTC json=/utc_datetime format=iso"_s.arg(
                          m_upstreams.front().httpPort)},
                     {u"SYNCHAT_CHAT_NAME"_s, tr("Demo")}});
    if (!daemon)
        return tr("The daemon could not be started: %1").arg(m_lastProblem);
    m_daemon = *daemon;
    m_slowLine.setDaemon(m_daemon.httpPort, m_daemon.ntpPort);
    if (!m_slowLine.listen(SlowAddress, m_daemon.ntpPort))
        return tr("The slow line could not be laid: %1.").arg(m_slowLine.errorString());
    return std::nullopt;
}

std::optional<QString> Stage::open(quint16 port)
{
    if (!m_folder.isValid())
        return tr("There is no folder for what the demo writes: %1.").arg(m_folder.errorString());
    if (auto problem = openUpstreams())
        return problem;
    if (auto problem = openDaemon(port))
        return problem;
    startAuthors();
    return std::nullopt;
}

void Stage::startAuthors()
{
    for (const DemoAuthor &author : demoCast()) {
        Child *process = newChild(u"synchat-cli"_s, author.name);
        process->ignoreOutput();
        connect(process, &Child::joined, this, &Stage::countIn);
        const QString server = author.isFar
                                   ? serverUrl(SlowAddress, m_slowLine.tcpPort())
                                   : serverUrl(QHostAddress(QHostAddress::LocalHost), m_daemon.httpPort);
        QStringList arguments{u"--server"_s, server, u"--name"_s, author.name};
        if (!author.fault.isEmpty())
            arguments << u"--clock-fault"_s << author.fault;
        process->start(arguments);
        m_authors.append(process);
    }
    m_wait.start(LongestCountIn);
}

void Stage::countIn()
{
    if (++m_present == m_authors.size() && m_nextLine < 0)
        sayNext();
}

void Stage::sayNext()
{
    if (const auto line = demoLine(m_nextLine)) {
        m_authors.at(line->author)->say(line->text);
        m_saidUntil = line->at;
    }
    if (const auto next = demoLine(++m_nextLine))
        m_wait.start(next->at - m_saidUntil);
}

QString Stage::guide() const
{
    QString text = tr("The demo runs on this machine alone; the truth in it is this machine's own clock.\n"
                      "The daemon: %1 asks three NTP servers for the time.\n")
                       .arg(serverUrl(QHostAddress(QHostAddress::LocalHost), m_daemon.httpPort));
    for (int i = 0; i < UpstreamCount; ++i) {
        const QString server = u"127.0.0.1:%1"_s.arg(m_upstreams.at(static_cast<std::size_t>(i)).ntpPort);
        text += i == Liar ? tr("  %1  lies: 5 s ahead\n").arg(server) : tr("  %1  honest\n").arg(server);
    }
    text += tr("The people and what is wrong with their clocks:\n");
    for (const DemoAuthor &author : demoCast())
        text += u"  %1 %2\n"_s.arg(author.name, -8).arg(author.remark);
    text += tr("Look at the author's clock beside each message, at the skews in the list of people, at the "
               "marks where a clock contradicts the order, and at the table of sources, where the liar is a "
               "falseticker (x).\n"
               "Without a window: http://127.0.0.1:%1/api/v1/time and synchat-cli --server %2 --history 20\n")
                .arg(QString::number(m_daemon.httpPort),
                     serverUrl(QHostAddress(QHostAddress::LocalHost), m_daemon.httpPort));
    return text;
}

void Stage::show(DemoView view)
{
    if (view == DemoView::None)
        return;
    const bool isWindow = view == DemoView::Window;
    Child *client = newChild(isWindow ? u"synchat"_s : u"synchat-cli"_s, u"you"_s);
    QStringList arguments{u"--server"_s, serverUrl(QHostAddress(QHostAddress::LocalHost), m_daemon.httpPort),
                          u"--name"_s,   u"you"_s,
                          u"--room"_s,   u"general"_s};
    if (!isWindow)
        arguments << u"--history"_s << u"50"_s;
    client->giveTerminal();
    connect(client, &Child::ended, this, [this] { Q_EMIT finished({}); });
    client->start(arguments);
}

} // namespace Synchat
