// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/bundlecheck.h"
#include "server/store/signingkeyfile.h"
#include "tests/server/commands/commandkit.h"
#include "tests/server/store/historyfixture.h"

#include <QTest>

namespace Synchat {

constexpr WireMicros ExportStart = 1'764'072'000'000'000; // 2025-11-25T12:00:00Z
constexpr WireMicros ExportMinute = 60'000'000;

/// A history to export from, and the commands as its administrator runs them.
struct ExportRig
{
    /// Five messages in general, a minute apart, the third with a clock an hour ahead; one in `ops`.
    void fill()
    {
        QVERIFY(fixture.open());
        const auto ops = fixture.createRoom(QStringLiteral("ops"));
        QVERIFY(ops);
        for (int i = 0; i < 5; ++i) {
            Message message = sampleMessage(QStringLiteral("message %1").arg(i + 1));
            message.stamps.best.t = ExportStart + (i + (i == 2 ? 60 : 0)) * ExportMinute;
            QCOMPARE(fixture.store(message), i + 1);
        }
        QVERIFY(fixture.store(sampleMessage(QStringLiteral("elsewhere")), ops->number));
        (void)key();
    }
    static ConfigInputs inputs(const QStringList &arguments, const HistoryFixture &fixture)
    {
        ConfigInputs made;
        made.arguments = arguments + QStringList{QStringLiteral("--data-dir"), fixture.dataDir()};
        if (const QString url = fixture.databaseUrl(); !url.isEmpty())
            made.environment.insert(QStringLiteral("SYNCHAT_STORE_URL"), url);
        return made;
    }
    CommandRun run(const QStringList &arguments) const { return runWith(inputs(arguments, fixture)); }
    QString dataDir() const { return fixture.dataDir(); }
    QString path(const QString &name) const { return dataDir() + u'/' + name; }
    PublicKey key() const { return readOrMakeSigningKey(dataDir())->publicKey(); }
    BundleVerdict checked(const QByteArray &bytes) const
    {
        BundleChecker checker(key());
        checker.add(bytes);
        return checker.finish();
    }

    HistoryFixture fixture;
};

} // namespace Synchat
