// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/referencejump.h"

#include <QTest>

#include <limits>

using namespace Synchat;

namespace {

constexpr WireMicros Now = 1'795'442'609'000'000;
constexpr WireMicros Second = 1'000'000;

/// Written and taken `taken` and `written` after Now, by the reference.
Message message(WireMicros written, WireMicros taken, OptionalMicros bound = {})
{
    Message result;
    result.stamps.live.t = Now + written - Second; // that clock is a second behind
    result.stamps.live.offset = Second;
    result.stamps.live.bound = 500;
    result.stamps.best.t = Now + taken;
    result.stamps.best.bound = bound;
    return result;
}

} // namespace

class tst_ReferenceJump : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isSeen_data();
    void isSeen();
    void needsNumbersThatCanBeAdded();
};

void tst_ReferenceJump::isSeen_data()
{
    QTest::addColumn<Message>("came");
    QTest::addColumn<bool>("byOthers");
    QTest::addColumn<bool>("byUs");
    QTest::newRow("as-usual") << message(-3000, -2000) << false << false;
    QTest::newRow("just-now") << message(0, 4000) << false << false;
    QTest::newRow("set-forward") << message(0, 3 * Second) << true << true;
    QTest::newRow("within-its-bound") << message(0, 3 * Second, 4 * Second) << false << false;
    QTest::newRow("beyond-its-bound") << message(0, 3 * Second, 2 * Second) << true << true;
    QTest::newRow("an-old-one") << message(-3600 * Second, -3599 * Second) << false << false;
    QTest::newRow("waited") << message(-3600 * Second, 0) << false << false;
    // Others may have a clock whose measurement is wrong, or had it before the jump.
    QTest::newRow("set-back") << message(0, -3 * Second) << false << true;
    QTest::newRow("set-back-within-its-bound") << message(0, -3 * Second, 4 * Second) << false << false;
    QTest::newRow("not-taken") << Message() << false << false;
}

void tst_ReferenceJump::isSeen()
{
    QFETCH(const Message, came);
    QTEST(showsThatReferenceWasSet(came, Now, false), "byOthers");
    QTEST(showsThatReferenceWasSet(came, Now, true), "byUs");
}

void tst_ReferenceJump::needsNumbersThatCanBeAdded()
{
    QVERIFY(!showsThatReferenceWasSet(message(0, 0), std::numeric_limits<WireMicros>::max(), true));
    Message far = message(0, 0);
    far.stamps.best.t = std::numeric_limits<WireMicros>::min();
    QVERIFY(showsThatReferenceWasSet(far, Now, true));
}

QTEST_APPLESS_MAIN(tst_ReferenceJump)
#include "tst_referencejump.moc"
