// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/bridge/restclient.h"

#include "tests/server/bridge/bridgefixture.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// What a server proves itself with: signed by itself, for 127.0.0.1.
struct Proof
{
    QSslCertificate certificate;
    QSslKey key;
};

/// Nulls where openssl (ca-certificates brings it) is missing.
Proof makeProof(const QTemporaryDir &dir)
{
    const QString key = dir.filePath(u"key.pem"_s);
    const QString certificate = dir.filePath(u"certificate.pem"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                                 u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-subj"_s,
                                 u"/CN=127.0.0.1"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s,
                                 u"-keyout"_s, key, u"-out"_s, certificate});
    openssl.waitForFinished();
    QFile keyFile(key);
    if (!keyFile.open(QIODevice::ReadOnly))
        return {QSslCertificate(), QSslKey()};
    const QList<QSslCertificate> found = QSslCertificate::fromPath(certificate);
    return {found.value(0), QSslKey(&keyFile, QSsl::Ec)};
}

} // namespace

/// An https address is asked only when the bridge proves who it is.
class tst_RestClientTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void proofIsWanted_data();
    void proofIsWanted();
};

void tst_RestClientTls::proofIsWanted_data()
{
    QTest::addColumn<bool>("known");
    QTest::newRow("nobody-vouches-for-it") << false;
    QTest::newRow("vouched-for") << true;
}

void tst_RestClientTls::proofIsWanted()
{
    QFETCH(bool, known);
    const QTemporaryDir dir;
    const auto [certificate, key] = makeProof(dir);
    QVERIFY(!certificate.isNull() && !key.isNull());
    QSslConfiguration ours = QSslConfiguration::defaultConfiguration();
    ours.setLocalCertificate(certificate);
    ours.setPrivateKey(key);
    QSslServer server;
    server.setSslConfiguration(ours);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray heard;
    connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&heard, socket] {
            heard += socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        });
    });

    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration theirs = before;
    if (known)
        theirs.setCaCertificates({certificate});
    QSslConfiguration::setDefaultConfiguration(theirs);
    const QString uri = u"https://127.0.0.1:%1/a/b"_s.arg(server.serverPort());
    RestClient client(bridgeConfig(uri, u"ana"_s, u"hush"_s));
    std::optional<Result<BridgeReply, StoreFailure>> answer;
    client.get(QUrl(uri), [&answer](const auto &reply) { answer = reply; });
    QVERIFY(waitUntil([&] { return answer.has_value(); }));
    QSslConfiguration::setDefaultConfiguration(before);

    QCOMPARE(answer->has_value(), known);
    QCOMPARE(!heard.isEmpty(), known); // the password above all
    if (!known)
        QVERIFY(answer->error().kind == StoreFailure::Kind::Misplaced);
}

QTEST_GUILESS_MAIN(tst_RestClientTls)
#include "tst_restclienttls.moc"
