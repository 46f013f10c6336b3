// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/composer.h"
#include "client/ui/composeredit.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_Composer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void enterSends();
    void shiftEnterMakesALine();
    void nothingBlankIsSent_data();
    void nothingBlankIsSent();
    void growsToSixLines();
    void keepsADraftForEachRoom();
    void countsNearTheLimit();
    void escapeCancelsAReply();
    void withoutARoomNothingIsWritten();
    void everythingHasANameForReaders();

private:
    ComposerEdit *edit() const { return m_composer->findChild<ComposerEdit *>(u"composerEdit"_s); }
    std::unique_ptr<Composer> m_composer;
};

void tst_Composer::init()
{
    m_composer = std::make_unique<Composer>();
    m_composer->setLook({});
    m_composer->setRoom(u"ops"_s);
    m_composer->resize(600, 200);
    m_composer->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_composer.get()));
}

void tst_Composer::cleanup()
{
    m_composer.reset();
}

void tst_Composer::enterSends()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClicks(edit(), u"hello"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.count(), 1);
    QCOMPARE(sent.at(0).at(0).toString(), u"hello"_s);
    QCOMPARE(m_composer->text(), u"hello"_s); // stays until the post was taken
    m_composer->clear();
    QCOMPARE(m_composer->text(), QString());
    QTest::mouseClick(m_composer->findChild<QPushButton *>(u"sendButton"_s), Qt::LeftButton);
    QCOMPARE(sent.count(), 1);
}

void tst_Composer::shiftEnterMakesALine()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClicks(edit(), u"a"_s);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(edit(), u"b"_s);
    QCOMPARE(sent.count(), 0);
    QCOMPARE(m_composer->text(), u"a\nb"_s);
}

void tst_Composer::nothingBlankIsSent_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("spaces") << u"   "_s;
    QTest::newRow("lines") << u"\n\n"_s;
    QTest::newRow("too-long") << QString(4097, u'x');
}

void tst_Composer::nothingBlankIsSent()
{
    QFETCH(QString, text);
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    edit()->setPlainText(text);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.count(), 0);
    QVERIFY(!m_composer->findChild<QPushButton *>(u"sendButton"_s)->isEnabled());
}

void tst_Composer::growsToSixLines()
{
    const int one = edit()->height();
    edit()->setPlainText(u"1\n2\n3"_s);
    const int three = edit()->height();
    QVERIFY(three > one);
    edit()->setPlainText(u"1\n2\n3\n4\n5\n6"_s);
    const int six = edit()->height();
    QVERIFY(six > three);
    edit()->setPlainText(u"1\n2\n3\n4\n5\n6\n7\n8\n9"_s);
    QCOMPARE(edit()->height(), six);
    edit()->clear();
    QCOMPARE(edit()->height(), one);
}

void tst_Composer::keepsADraftForEachRoom()
{
    edit()->setPlainText(u"for ops"_s);
    m_composer->startReply(7, u"ana: disk"_s);
    m_composer->setRoom(u"general"_s);
    QCOMPARE(m_composer->text(), QString());
    QVERIFY(!m_composer->replyTo());
    edit()->setPlainText(u"for general"_s);
    QCOMPARE(m_composer->drafts(),
             (QHash<QString, QString>{{u"ops"_s, u"for ops"_s}, {u"general"_s, u"for general"_s}}));
    m_composer->setRoom(u"ops"_s);
    QCOMPARE(m_composer->text(), u"for ops"_s);
    QCOMPARE(m_composer->replyTo(), std::optional<qint64>(7));
    m_composer->clear();
    QCOMPARE(m_composer->drafts(), (QHash<QString, QString>{{u"general"_s, u"for general"_s}}));
}

void tst_Composer::countsNearTheLimit()
{
    auto *counter = m_composer->findChild<QLabel *>(u"composerCounter"_s);
    edit()->setPlainText(QString(3000, u'x'));
    QVERIFY(counter->isHidden());
    edit()->setPlainText(QString(4090, u'x'));
    QVERIFY(!counter->isHidden());
    QCOMPARE(counter->text(), u"6 left"_s);
    edit()->setPlainText(QString(4098, u'x'));
    QCOMPARE(counter->text(), u"2 too many"_s);
}

void tst_Composer::escapeCancelsAReply()
{
    auto *bar = m_composer->findChild<QFrame *>(u"replyBar"_s);
    QVERIFY(bar->isHidden());
    m_composer->startReply(7, u"ana: disk"_s);
    QVERIFY(!bar->isHidden());
    QTest::keyClick(edit(), Qt::Key_Escape);
    QVERIFY(bar->isHidden());
    QVERIFY(!m_composer->replyTo());
}

void tst_Composer::withoutARoomNothingIsWritten()
{
    m_composer->setRoom({});
    QVERIFY(!edit()->isEnabled());
    QVERIFY(!m_composer->findChild<QPushButton *>(u"sendButton"_s)->isEnabled());
}

void tst_Composer::everythingHasANameForReaders()
{
    QVERIFY(!edit()->accessibleName().isEmpty());
    QVERIFY(!m_composer->findChild<QPushButton *>(u"sendButton"_s)->accessibleName().isEmpty());
    QVERIFY(!m_composer->findChild<QWidget *>(u"replyCancel"_s)->accessibleName().isEmpty());
}

QTEST_MAIN(tst_Composer)
#include "tst_composer.moc"
