// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/core/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_ClientSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembers();
    void nonsenseReadsAsTheDefault();
    void recentServersAreFewAndDistinct();
    void tellsWhenTheFileCannotBeWritten();
};

void tst_ClientSettings::remembers()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"synchat.ini"_s);
    {
        Settings settings(path);
        QCOMPARE(settings.density(), 2);
        QCOMPARE(settings.fontScale(), 1.0);
        QVERIFY(settings.zone().isEmpty());
        settings.setServer(u"ws://chat.lab:8737"_s);
        settings.setName(u"\u00c1na, \"x\" %1"_s);
        settings.setRoom(u"lab"_s);
        settings.setZone(u"Europe/Madrid"_s);
        settings.setDensity(1);
        settings.setFontScale(1.5);
        settings.setWindowGeometry(QByteArray("\0\xff geometry", 11));
        settings.setWindowState("state");
        QCOMPARE(settings.sync(), QString());
    }
    const Settings settings(path);
    QCOMPARE(settings.server(), u"ws://chat.lab:8737"_s);
    QCOMPARE(settings.name(), u"\u00c1na, \"x\" %1"_s);
    QCOMPARE(settings.room(), u"lab"_s);
    QCOMPARE(settings.zone(), u"Europe/Madrid"_s);
    QCOMPARE(settings.density(), 1);
    QCOMPARE(settings.fontScale(), 1.5);
    QCOMPARE(settings.windowGeometry(), QByteArray("\0\xff geometry", 11));
    QCOMPARE(settings.windowState(), QByteArray("state"));
}

void tst_ClientSettings::nonsenseReadsAsTheDefault()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"synchat.ini"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[view]\nzone=Mars/Olympus\ndensity=9\nfontScale=nan\n[window]\n\xff\xfe\n]][\n");
    file.close();
    Settings settings(path);
    QVERIFY(settings.zone().isEmpty());
    QCOMPARE(settings.density(), 2);
    QCOMPARE(settings.fontScale(), 1.0);
    settings.setFontScale(100);
    QCOMPARE(settings.fontScale(), Settings::LargestFontScale);
}

void tst_ClientSettings::recentServersAreFewAndDistinct()
{
    QTemporaryDir dir;
    Settings settings(dir.filePath(u"synchat.ini"_s));
    for (int i = 0; i < 15; ++i)
        settings.addRecentServer(u"s%1"_s.arg(i));
    settings.addRecentServer(u"s10"_s);
    const QStringList servers = settings.recentServers();
    QCOMPARE(servers.size(), Settings::MaxRecentServers);
    QCOMPARE(servers.first(), u"s10"_s);
    QCOMPARE(servers.at(1), u"s14"_s);
    QCOMPARE(servers.count(u"s10"_s), 1);
}

void tst_ClientSettings::tellsWhenTheFileCannotBeWritten()
{
    QTemporaryDir dir;
    QFile inTheWay(dir.filePath(u"folder"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    Settings settings(dir.filePath(u"folder/synchat.ini"_s));
    settings.setName(u"ana"_s);
    QVERIFY(!settings.sync().isEmpty());
}

QTEST_GUILESS_MAIN(tst_ClientSettings)
#include "tst_clientsettings.moc"
