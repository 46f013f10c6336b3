// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httpconnection.h"

#include "server/net/fastsocket.h"
#include "server/net/httpanswer.h"

namespace Synchat {

using namespace Qt::StringLiterals;

namespace {

/// How long the other side has to close too, once all is sent.
constexpr std::chrono::seconds ClosingTimeout{2};
/// Answers that the other side has not taken, before its next request is looked at.
constexpr qint64 MaxUnsentBytes = 256 * 1024;

} // namespace

HttpConnection::HttpConnection(FastSocket *socket, const PeerInfo &peer, bool full, const Clock &clock,
                               const NetConfig &config, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_peer(peer)
    , m_full(full)
    , m_clock(clock)
    , m_config(config)
    , m_since(clock.monotonic())
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::process);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::onDisconnected);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this] {
        m_since = m_clock.monotonic();
        processLater();
    });
    connect(m_socket, &FastSocket::closingBegan, this, [this] {
        m_state = State::Closing;
        m_since = m_clock.monotonic();
    });
}

HttpConnection::~HttpConnection()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->cut();
}

void HttpConnection::releaseSocket()
{
    m_socket->disconnect(this);
    m_socket = nullptr;
}

void HttpConnection::processLater()
{
    QMetaObject::invokeMethod(this, &HttpConnection::process, Qt::QueuedConnection);
}

void HttpConnection::process()
{
    bool goOn = true;
    while (goOn && m_socket) {
        if (m_state == State::Head)
            goOn = processHead();
        else
            goOn = m_state == State::Body && processBody();
    }
}

bool HttpConnection::processHead()
{
    if (m_socket->bytesToWrite() > MaxUnsentBytes)
        return false;
    QByteArray received = m_socket->peek(HttpLimits::HeadBytes + 1);
    while (received.startsWith("\r\n")) { // some clients send one more after a body (RFC 9112 §2.2)
        m_socket->skip(2);
        received.remove(0, 2);
    }
    if (received.isEmpty() || received == "\r")
        return false;
    const HeadScan scan = scanHead(received);
    if (scan.refusal) {
        refuse(*scan.refusal);
        return false;
    }
    if (scan.length == 0)
        return false;
    const auto head = parseRequestHead(QByteArrayView(received).first(scan.length));
    if (!head) {
        refuse(head.error());
        return false;
    }
    return beginRequest(*head, scan.length);
}

bool HttpConnection::beginRequest(const RequestHead &head, qsizetype headLength)
{
    m_request = {head.method,
                 decodePath(head.path).value_or(QString()),
                 QUrlQuery(QString::fromLatin1(head.query)),
                 head.headers,
                 {},
                 m_peer};
    const HeadDecision decision = decideRequest(head, m_config.allowedOrigins);
    if (decision.verdict == HeadVerdict::Refuse) {
        refuse(decision.refusal);
        return false;
    }
    if (decision.verdict == HeadVerdict::Upgrade) {
        m_state = State::Upgrading;
        m_since = m_clock.monotonic();
        Q_EMIT upgradeRequested();
        return false;
    }
    if (m_full) {
        refuse({503, u"The daemon has no room for more connections."_s, {{"Retry-After", "10"}}});
        return false;
    }
    m_keepAlive = wantsKeepAlive(head) && ++m_requests < HttpLimits::RequestsPerConnection;
    m_parser.emplace();
    const auto progress = m_parser->feed(m_socket->read(headLength));
    if (progress.refusal || progress.consumed != headLength) {
        refuse(progress.refusal.value_or(HttpRefusal{400, u"The request is malformed."_s}));
        return false;
    }
    m_state = State::Body;
    if (progress.done) {
        deliver();
        return false;
    }
    if (head.count("expect") > 0 && head.minorVersion == 1)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

bool HttpConnection::processBody()
{
    const QByteArray received = m_socket->peek(m_socket->bytesBuffered());
    if (received.isEmpty())
        return false;
    const auto progress = m_parser->feed(received);
    m_socket->skip(progress.consumed);
    if (progress.refusal) {
        refuse(*progress.refusal);
        return false;
    }
    if (progress.done) {
        m_request.body = m_parser->body();
        deliver();
        return false;
    }
    // Beast takes lines of the chunked framing whole: one that fills the buffer would never end.
    if (progress.consumed == 0 && received.size() > HttpLimits::HeadBytes) {
        refuse({400, u"A chunk's head is too long."_s});
        return false;
    }
    return progress.consumed > 0;
}

void HttpConnection::deliver()
{
    m_parser.reset();
    m_state = State::Answering;
    m_since = m_clock.monotonic();
    Q_EMIT requestReceived(m_request);
}

void HttpConnection::respond(const HttpResponse &response)
{
    if (m_state == State::Answering)
        send(response, m_keepAlive && !m_draining);
}

void HttpConnection::refuse(const HttpRefusal &refusal)
{
    send(problemResponse(refusal), false);
}

void HttpConnection::send(const HttpResponse &response, bool keepAlive)
{
    const AnswerForm form{m_request.method == "HEAD", keepAlive};
    m_request = {};
    m_parser.reset();
    m_state = State::Head;
    m_since = m_clock.monotonic();
    m_socket->write(makeHttpAnswer(response, form, m_clock.now()));
    if (keepAlive)
        processLater();
    else
        m_socket->close();
}

void HttpConnection::drain()
{
    m_draining = true;
    if (m_state != State::Answering && m_state != State::Closing)
        m_socket->close();
}

void HttpConnection::cut()
{
    m_socket->cut();
}

void HttpConnection::sweep(MonoTime now)
{
    const bool writing = m_socket->bytesToWrite() > 0;
    const auto limit = m_state == State::Closing && !writing ? ClosingTimeout : m_config.headTimeout;
    if (now - m_since < limit || (m_state == State::Answering && !writing))
        return;
    const bool begun = m_state == State::Body || m_socket->bytesBuffered() > 0;
    if (m_state == State::Closing || m_state == State::Upgrading || writing)
        m_socket->cut();
    else if (begun)
        refuse({408, u"The request did not come in time."_s});
    else
        m_socket->close();
}

void HttpConnection::onDisconnected()
{
    if (m_gone)
        return;
    m_gone = true;
    Q_EMIT gone();
}

} // namespace Synchat
