// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realbridge.h"

#include "tests/support/programs.h"

#include <QTest>
#include <QUrl>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

/// What the bridge says of `uri` to the person that it knows.
HttpAnswer askAs(const RealBridge &bridge, const QString &uri)
{
    QString named = uri;
    return httpGet(named.replace(
        u"://"_s,
        u"://%1:%2@"_s.arg(bridge.user(), QString::fromUtf8(QUrl::toPercentEncoding(bridge.password())))));
}

} // namespace

class tst_RealBridge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void startsStopsAndStartsAgain();
};

void tst_RealBridge::startsStopsAndStartsAgain()
{
    SYNCHAT_NEEDS_REAL_BRIDGE();
    RealBridge bridge;
    QVERIFY2(bridge.start(), qPrintable(bridge.problem()));
    const quint16 port = bridge.port();
    QCOMPARE(httpGet(bridge.uri()).status, 401);
    QCOMPARE(askAs(bridge, bridge.uri()).status, 404); // nothing was made yet

    bridge.stopRestHeart();
    QCOMPARE(httpGet(bridge.uri()).status, 0);
    bridge.killMongo();
    QVERIFY2(bridge.start(), qPrintable(bridge.problem()));
    QCOMPARE(bridge.port(), port);
    QCOMPARE(askAs(bridge, bridge.uri()).status, 404);
}

QTEST_GUILESS_MAIN(tst_RealBridge)
#include "tst_realbridge.moc"
