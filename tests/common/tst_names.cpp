// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/names.h"
#include "common/textrules.h"

#include <QTest>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {
QString codePoints(std::initializer_list<char32_t> characters)
{
    return QString::fromUcs4(characters.begin(), qsizetype(characters.size()));
}
} // namespace

class tst_Names : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void folds();
    void rooms_data();
    void rooms();
    void explainsEveryRefusal();
    void blank_data();
    void blank();
    void loneSurrogate_data();
    void loneSurrogate();
};

void tst_Names::accepts_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"ana"_s << u"ana"_s;
    QTest::newRow("trimmed") << u" \t ana \n"_s << u"ana"_s;
    QTest::newRow("inner-space") << u"ana maría"_s << u"ana maría"_s;
    QTest::newRow("one") << u"x"_s << u"x"_s;
    QTest::newRow("longest") << QString(32, u'x') << QString(32, u'x');
    QTest::newRow("longest-beyond-the-plane")
        << codePoints({0x1F600}).repeated(32) << codePoints({0x1F600}).repeated(32);
    QTest::newRow("composed") << u"Jose\u0301"_s << u"Jos\u00E9"_s;
    QTest::newRow("composed-fits-only-then") << u"e\u0301"_s.repeated(32) << u"\u00E9"_s.repeated(32);
    QTest::newRow("arabic") << u"\u0639\u0644\u064A"_s << u"\u0639\u0644\u064A"_s;
    QTest::newRow("joined-emoji") << codePoints({0x1F468, 0x200D, 0x1F4BB})
                                  << codePoints({0x1F468, 0x200D, 0x1F4BB});
}

void tst_Names::accepts()
{
    QFETCH(QString, input);
    const auto name = UserName::parse(input);
    QVERIFY2(name.has_value(), qPrintable(name ? QString() : explain(name.error())));
    QTEST(name->text(), "text");
    const auto again = UserName::parse(name->text());
    QVERIFY(again.has_value());
    QCOMPARE(again->text(), name->text());
}

void tst_Names::refuses_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<NameRefusal>("reason");
    QTest::newRow("empty") << QString() << NameRefusal::Empty;
    QTest::newRow("only-spaces") << u" \t "_s << NameRefusal::Empty;
    QTest::newRow("only-zero-width") << u"\u200B\u200D"_s << NameRefusal::Empty;
    QTest::newRow("one-too-long") << QString(UserName::MaxLength + 1, u'x') << NameRefusal::TooLong;
    QTest::newRow("one-too-long-beyond-the-plane")
        << codePoints({0x1F600}).repeated(33) << NameRefusal::TooLong;
    QTest::newRow("very-long") << QString(60'000, u'x') << NameRefusal::TooLong;
    QTest::newRow("very-many-marks") << u"a"_s + u"\u0301\u0323"_s.repeated(30'000) << NameRefusal::TooLong;
    QTest::newRow("nul") << QString::fromUtf16(u"a\0b", 3) << NameRefusal::Control;
    QTest::newRow("newline-inside") << u"a\nb"_s << NameRefusal::Control;
    QTest::newRow("escape") << u"a\u001B[31m"_s << NameRefusal::Control;
    QTest::newRow("delete") << u"a\u007Fb"_s << NameRefusal::Control;
    QTest::newRow("c1") << u"a\u009Bb"_s << NameRefusal::Control;
    QTest::newRow("line-separator") << u"a\u2028b"_s << NameRefusal::Control;
    for (const char32_t bidi :
         {0x202AU, 0x202BU, 0x202CU, 0x202DU, 0x202EU, 0x2066U, 0x2067U, 0x2068U, 0x2069U}) {
        const QByteArray row = "bidi-" + QByteArray::number(uint(bidi), 16);
        QTest::newRow(row.constData()) << codePoints({'a', bidi, 'b'}) << NameRefusal::BidiOverride;
    }
    QTest::newRow("lone-high") << u"a"_s + QChar(0xD83D) << NameRefusal::LoneSurrogate;
    QTest::newRow("lone-low") << QString(QChar(0xDE00)) + u'a' << NameRefusal::LoneSurrogate;
}

void tst_Names::refuses()
{
    QFETCH(QString, input);
    const auto name = UserName::parse(input);
    QVERIFY(!name.has_value());
    QTEST(name.error(), "reason");
}

void tst_Names::folds()
{
    const auto folded = [](const QString &name) { return UserName::parse(name)->folded(); };
    QCOMPARE(folded(u"Ana"_s), folded(u"aNA"_s));
    QCOMPARE(folded(u"JOSÉ"_s), folded(u"jose\u0301"_s));
    QVERIFY(folded(u"ana"_s) != folded(u"anna"_s));
}

void tst_Names::rooms_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<bool>("good");
    QTest::addColumn<NameRefusal>("reason");
    QTest::newRow("general") << u"general"_s << true << NameRefusal::Empty;
    QTest::newRow("digit-first") << u"1a-b"_s << true << NameRefusal::Empty;
    QTest::newRow("hyphen-last") << u"a-"_s << true << NameRefusal::Empty;
    QTest::newRow("longest") << QString(32, u'z') << true << NameRefusal::Empty;
    QTest::newRow("one-too-long") << QString(33, u'z') << false << NameRefusal::TooLong;
    QTest::newRow("empty") << u""_s << false << NameRefusal::Empty;
    QTest::newRow("hyphen-first") << u"-a"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("upper-case") << u"General"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("space") << u"a b"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("not-trimmed") << u"general "_s << false << NameRefusal::BadCharacter;
    QTest::newRow("slash") << u"a/b"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("dots") << u".."_s << false << NameRefusal::BadCharacter;
    QTest::newRow("foreign-digit") << u"a\u0661"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("accent") << u"caf\u00E9"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("below-the-digits") << u"a'"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("between-digits-and-letters") << u"a:"_s << false << NameRefusal::BadCharacter;
    QTest::newRow("above-the-letters") << u"a{"_s << false << NameRefusal::BadCharacter;
}

void tst_Names::rooms()
{
    QFETCH(QString, input);
    QFETCH(bool, good);
    QFETCH(NameRefusal, reason);
    const auto room = RoomName::parse(input);
    QCOMPARE(room.has_value(), good);
    if (good)
        QCOMPARE(room->text(), input);
    else
        QCOMPARE(room.error(), reason);
}

void tst_Names::explainsEveryRefusal()
{
    QSet<QString> sentences;
    for (int i = 0; i <= int(NameRefusal::BadCharacter); ++i)
        sentences.insert(explain(NameRefusal(i)));
    QCOMPARE(sentences.size(), int(NameRefusal::BadCharacter) + 1);
    for (const QString &sentence : std::as_const(sentences))
        QVERIFY(sentence.endsWith(u'.'));
}

void tst_Names::blank_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("blank");
    QTest::newRow("nothing") << QString() << true;
    QTest::newRow("spaces") << u" \t\r\n\u00A0\u2003\u3000"_s << true;
    QTest::newRow("zero-width") << u"\u200B\u200C\u200D\uFEFF\u2060"_s << true;
    QTest::newRow("soft-hyphen") << u"\u00AD"_s << true;
    QTest::newRow("fillers") << u"\u3164\u115F\u2800\uFFA0"_s << true;
    QTest::newRow("tags") << codePoints({0xE0041, 0xE007F}) << true;
    QTest::newRow("variation-selectors") << codePoints({0xFE0F, 0xE0100}) << true;
    QTest::newRow("dot") << u"."_s << false;
    QTest::newRow("emoji") << codePoints({0x1F600}) << false;
    QTest::newRow("letter-among-nothing") << u"\u200B x \u200B"_s << false;
}

void tst_Names::blank()
{
    QFETCH(QString, text);
    QTEST(isBlank(text), "blank");
}

void tst_Names::loneSurrogate_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("lone");
    const QChar high(0xD83D);
    const QChar low(0xDE00);
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("pair") << QString(high) + low << false;
    QTest::newRow("high-at-the-end") << u"a"_s + high << true;
    QTest::newRow("high-high-low") << QString(high) + high + low << true;
    QTest::newRow("reversed") << QString(low) + high << true;
    QTest::newRow("pair-low") << QString(high) + low + low << true;
}

void tst_Names::loneSurrogate()
{
    QFETCH(QString, text);
    QTEST(hasLoneSurrogate(text), "lone");
}

QTEST_GUILESS_MAIN(tst_Names)
#include "tst_names.moc"
