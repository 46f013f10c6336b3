// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/durable.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_Durable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void moves_data();
    void moves();

private:
    /// Empty where there is no file.
    QByteArray textOf(const QString &path) const;
};

QByteArray tst_Durable::textOf(const QString &path) const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void tst_Durable::moves_data()
{
    using Move = int (*)(const QString &, const QString &);
    QTest::addColumn<Move>("move");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<int>("error");
    const Move replacing = [](const QString &from, const QString &to) { return moveFile(from, to, true); };
    const Move careful = [](const QString &from, const QString &to) { return moveFile(from, to, false); };
    for (const auto &[name, move] : {std::pair("replacing", replacing), std::pair("careful", careful),
                                     std::pair("by link", Move(moveFileByLink))}) {
        QTest::addRow("%s, free", name) << move << false << 0;
        QTest::addRow("%s, taken", name) << move << true << (move == replacing ? 0 : EEXIST);
    }
}

void tst_Durable::moves()
{
    using Move = int (*)(const QString &, const QString &);
    QFETCH(const Move, move);
    QFETCH(const bool, isThere);
    QFETCH(const int, error);
    const QTemporaryDir folder;
    const QString from = folder.filePath(u"from"_s);
    const QString to = folder.filePath(u"to"_s);
    const auto write = [](const QString &path, const QByteArray &text) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(from, "new"));
    if (isThere)
        QVERIFY(write(to, "old"));
    QCOMPARE(move(from, to), error);
    QCOMPARE(textOf(to), error == 0 ? "new" : "old");
    QCOMPARE(QFile::exists(from), error != 0);
}

QTEST_GUILESS_MAIN(tst_Durable)
#include "tst_durable.moc"
