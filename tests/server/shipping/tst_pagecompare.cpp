// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagechain.h"
#include "server/shipping/pagecompare.h"
#include "tests/server/store/historyfixture.h"

#include <QJsonDocument>
#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

using Kind = Difference::Kind;

namespace {

/// So many messages, as both sides hold them.
struct Both
{
    explicit Both(int count)
    {
        QByteArray chain = chainStart(u"general"_s, u"e"_s);
        for (int seq = 1; seq <= count; ++seq) {
            ShippedMessage shipped{sampleMessage(QString::number(seq)), u"e"_s, seq + 100, {}};
            shipped.message.seq = seq;
            chain = chainNext(chain, canonicalMessage(shipped.message));
            shipped.chain = chain;
            sql.append(shipped);
        }
        write();
    }
    void write()
    {
        documents.clear();
        for (const ShippedMessage &shipped : std::as_const(sql))
            documents.append(QJsonDocument::fromJson(messageDocument(shipped)).object());
    }
    std::optional<Difference> compare(int pageSize = 10) const
    {
        ChainWalk walk(u"general"_s, u"e"_s);
        return comparePages(sql, documents, pageSize, walk);
    }

    QList<ShippedMessage> sql;
    QList<QJsonObject> documents;
};

} // namespace

class tst_PageCompare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equal();
    void pagesGoOn();
    void differences();
};

void tst_PageCompare::equal()
{
    QVERIFY(!Both(0).compare());
    QVERIFY(!Both(5).compare());
    QVERIFY(!Both(10).compare());
}

void tst_PageCompare::pagesGoOn()
{
    Both both(15);
    ChainWalk walk(u"general"_s, u"e"_s);
    QVERIFY(!comparePages(both.sql.first(10), both.documents.first(10), 10, walk));
    QCOMPARE(walk.lastSeq(), 10);
    QVERIFY(!comparePages(both.sql.sliced(10), both.documents.sliced(10), 10, walk));
    QCOMPARE(walk.lastSeq(), 15);
}

void tst_PageCompare::differences()
{
    Both missing(5);
    missing.documents.removeAt(2);
    QCOMPARE(missing.compare(), (Difference{Kind::MissingAtBridge, 3, 103}));
    Both missingLast(5);
    missingLast.documents.removeLast();
    QCOMPARE(missingLast.compare(), (Difference{Kind::MissingAtBridge, 5, 105}));
    Both extra(5);
    extra.sql.removeAt(1);
    QCOMPARE(extra.compare(), (Difference{Kind::MissingInSql, 2, 0}));
    Both extraLast(5);
    extraLast.sql.removeLast();
    QCOMPARE(extraLast.compare(), (Difference{Kind::MissingInSql, 5, 0}));
    Both changed(5);
    changed.documents[3].insert(u"text"_s, u"other"_s);
    QCOMPARE(changed.compare(), (Difference{Kind::Changed, 4, 104}));
    Both forged(5); // in both, but not in the chain
    forged.sql[3].message.text = u"other"_s;
    forged.write();
    QCOMPARE(forged.compare(), (Difference{Kind::BrokenChain, 4, 104}));
    Both strange(5);
    strange.documents[4].remove(u"seq"_s);
    QCOMPARE(strange.compare(), (Difference{Kind::NoMessage, 5, 105}));
    Both moved(5);
    moved.documents[1].insert(u"arrival"_s, 7);
    QCOMPARE(moved.compare(), (Difference{Kind::Changed, 2, 102}));
}

QTEST_APPLESS_MAIN(tst_PageCompare)
#include "tst_pagecompare.moc"
