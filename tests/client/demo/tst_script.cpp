// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/demo/script.h"
#include "common/clockfault.h"
#include "common/names.h"

#include <QSet>
#include <QTest>

using namespace Synchat;
using namespace std::chrono_literals;

class tst_Script : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFaultIsThere();
    void everybodySpeaksSoon();
    void endsInTime();
};

void tst_Script::everyFaultIsThere()
{
    QSet<QString> names;
    QString faults;
    for (const DemoAuthor &author : demoCast()) {
        QVERIFY(UserName::parse(author.name).has_value());
        const auto fault = ClockFault::parse(author.fault);
        QVERIFY2(fault, fault ? "" : qPrintable(fault.error()));
        QVERIFY(!author.remark.isEmpty());
        names.insert(author.name);
        faults += fault->toText();
    }
    QCOMPARE(names.size(), demoCast().size());
    for (const char *kind : {"offset=+", "offset=-", "drift", "jitter", "freeze", "step", "none"})
        QVERIFY2(faults.contains(QLatin1StringView(kind)), kind);
}

void tst_Script::everybodySpeaksSoon()
{
    QSet<qsizetype> heard;
    for (int i = 0; i < int(demoCast().size()); ++i) {
        const auto line = demoLine(i);
        QVERIFY(line && line->at < 6s);
        heard.insert(line->author);
    }
    QCOMPARE(heard.size(), demoCast().size());
}

void tst_Script::endsInTime()
{
    std::chrono::milliseconds last{};
    for (int i = 0; i < MostDemoLines; ++i) {
        const auto line = demoLine(i);
        QVERIFY(line && line->at > last && line->author >= 0 && line->author < demoCast().size());
        QVERIFY(!line->text.isEmpty());
        last = line->at;
    }
    QVERIFY(last < 1h);
    QVERIFY(!demoLine(MostDemoLines));
    QVERIFY(!demoLine(-1));
}

QTEST_GUILESS_MAIN(tst_Script)
#include "tst_script.moc"
