// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/webassets.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace Synchat;
using namespace Qt::StringLiterals;

namespace {

constexpr double LeastContrast = 4.5; // WCAG 2.1, 1.4.3

QString styleText()
{
    return QString::fromUtf8(findAsset(styleAddress().section(u'/', -1))->content);
}

/// WCAG 2.1: 0 to 1.
double luminance(const QString &hex)
{
    const auto linear = [&hex](int at) {
        const double c = hex.mid(at, 2).toInt(nullptr, 16) / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}

double contrast(const QString &one, const QString &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// The values that `name` gets in the style, in their order.
QStringList colours(const QString &pattern)
{
    const QRegularExpression value(pattern + u":\\s*(#[0-9a-f]{6})"_s);
    QStringList values;
    auto matches = value.globalMatch(styleText());
    while (matches.hasNext())
        values << matches.next().captured(1);
    return values;
}

} // namespace

class tst_WebAssets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesHoldAHash();
    void loadNothingFromElsewhere();
    void textsCanBeRead_data();
    void textsCanBeRead();
    void authorsCanBeRead_data();
    void authorsCanBeRead();
};

void tst_WebAssets::namesHoldAHash()
{
    static const QRegularExpression form(u"\\A/assets/history-[0-9a-f]{12}\\.css\\z"_s);
    QVERIFY2(form.match(styleAddress()).hasMatch(), qPrintable(styleAddress()));
    QVERIFY(findAsset(iconAddress().section(u'/', -1))->content.startsWith("\x89PNG"));
    QVERIFY(!findAsset(u""_s) && !findAsset(u"history.css"_s) && !findAsset(u"../history.css"_s));
}

void tst_WebAssets::loadNothingFromElsewhere()
{
    QVERIFY(!styleText().contains(u"url("_s));
    QVERIFY(!styleText().contains(u"@import"_s));
}

void tst_WebAssets::textsCanBeRead_data()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << 0;
    QTest::newRow("dark") << 1;
}

void tst_WebAssets::textsCanBeRead()
{
    QFETCH(int, scheme);
    const auto colour = [scheme](const QString &name) { return colours(u"--"_s + name)[scheme]; };
    for (const QString &back : {u"back"_s, u"panel"_s, u"chosen"_s}) {
        for (const QString &text : {u"text"_s, u"muted"_s, u"accent"_s, u"fine"_s, u"off"_s, u"bad"_s})
            QVERIFY2(contrast(colour(text), colour(back)) >= LeastContrast,
                     qPrintable(text + u" on "_s + back));
    }
    QVERIFY(contrast(colour(u"on-accent"_s), colour(u"accent"_s)) >= LeastContrast);
    QVERIFY(contrast(colour(u"text"_s), colour(u"found"_s)) >= LeastContrast);
}

void tst_WebAssets::authorsCanBeRead_data()
{
    QTest::addColumn<int>("author");
    for (int author = 0; author < 24; ++author)
        QTest::addRow("h%d", author) << author;
}

void tst_WebAssets::authorsCanBeRead()
{
    QFETCH(int, author);
    const QStringList names = colours(u"\\.h%1\\{--who"_s.arg(author)); // light, dark
    const QStringList discs = colours(u"\\.h%1\\{[^}]*--disc"_s.arg(author));
    QCOMPARE(names.size(), 2);
    QCOMPARE(discs.size(), 1);
    for (int scheme = 0; scheme < 2; ++scheme) {
        for (const QString &back : {u"--back"_s, u"--chosen"_s})
            QVERIFY(contrast(names[scheme], colours(back)[scheme]) >= LeastContrast);
    }
    QVERIFY(contrast(discs[0], u"#ffffff"_s) >= LeastContrast);
}

QTEST_APPLESS_MAIN(tst_WebAssets)
#include "tst_webassets.moc"
