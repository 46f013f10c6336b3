// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/guesttoken.h"

#include <QSet>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

class tst_GuestToken : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void roundTrip();
    void idsAreRandom();
    void refuses_data();
    void refuses();
    void everyChangedCharacterIsRefused();

private:
    const QByteArray m_secret = QByteArray(32, 's');
};

void tst_GuestToken::roundTrip()
{
    const QString id = newGuestId(*QRandomGenerator::system());
    QCOMPARE(id.size(), 14);
    QVERIFY(id.startsWith(u'g'));
    QCOMPARE(guestIdFromToken(guestToken(id, m_secret), m_secret), std::optional(id));
    QCOMPARE(guestToken(id, m_secret), guestToken(id, m_secret));
}

void tst_GuestToken::idsAreRandom()
{
    QSet<QString> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(newGuestId(*QRandomGenerator::system()));
    QCOMPARE(ids.size(), 1000);
}

void tst_GuestToken::refuses_data()
{
    const QString good = guestToken(u"gaaaaaaaaaaaaa"_s, m_secret);
    QTest::addColumn<QString>("token");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("id-only") << u"gaaaaaaaaaaaaa"_s;
    QTest::newRow("no-signature") << u"gaaaaaaaaaaaaa."_s;
    QTest::newRow("cut") << good.chopped(1);
    QTest::newRow("longer") << good + u'A';
    QTest::newRow("padding") << good.chopped(1) + u'=';
    QTest::newRow("space-in-front") << u' ' + good;
    QTest::newRow("other-secret") << guestToken(u"gaaaaaaaaaaaaa"_s, QByteArray(32, 't'));
    QTest::newRow("other-id") << u"gbaaaaaaaaaaaa"_s + good.mid(14);
    QTest::newRow("not-a-guest") << guestToken(u"uaaaaaaaaaaaaa"_s, m_secret);
    QTest::newRow("upper-case-id") << guestToken(u"gAaaaaaaaaaaaa"_s, m_secret);
    QTest::newRow("id-with-dot") << guestToken(u"gaaaaaaaaaaaa."_s, m_secret);
    QTest::newRow("not-latin") << QString(58, QChar(0x416));
    QTest::newRow("huge") << QString(60000, u'g');
}

void tst_GuestToken::refuses()
{
    QFETCH(QString, token);
    QVERIFY(!guestIdFromToken(token, m_secret));
}

void tst_GuestToken::everyChangedCharacterIsRefused()
{
    const QString good = guestToken(u"gaaaaaaaaaaaaa"_s, m_secret);
    for (qsizetype i = 0; i < good.size(); ++i) {
        QString changed = good;
        changed[i] = good[i] == u'x' ? u'y' : u'x';
        QVERIFY2(!guestIdFromToken(changed, m_secret), qPrintable(changed));
    }
}

QTEST_APPLESS_MAIN(tst_GuestToken)
#include "tst_guesttoken.moc"
