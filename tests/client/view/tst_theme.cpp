// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/theme.h"

#include "client/ui/view/consistentcolor.h"
#include "client/ui/view/tabulartext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Synchat;

class tst_Theme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textsAreReadable_data();
    void textsAreReadable();
    void authorsAreReadable();
    void consistentColors_data();
    void consistentColors();
    void knownContrasts();
    void followsThePalette();
    void digitsTakeTheSameRoom();
};

void tst_Theme::textsAreReadable_data()
{
    QTest::addColumn<QColor>("color");
    QTest::addColumn<QColor>("background");
    for (const Theme &theme : {Theme::light(), Theme::darkTheme()}) {
        const char *name = theme.dark ? "dark" : "light";
        const auto row = [name](const char *what, const QColor &color, const QColor &background) {
            QTest::addRow("%s-%s", name, what) << color << background;
        };
        row("text", theme.text, theme.background);
        row("text-on-panel", theme.text, theme.panel);
        row("text-selected", theme.text, theme.selection);
        row("text-own", theme.text, theme.ownWash);
        row("muted", theme.muted, theme.background);
        row("muted-on-panel", theme.muted, theme.panel);
        row("muted-own", theme.muted, theme.ownWash);
        row("accent", theme.accent, theme.background);
        row("accent-own", theme.accent, theme.ownWash);
        row("on-accent", theme.onAccent, theme.accent);
        row("fine", theme.fine, theme.background);
        row("fine-on-panel", theme.fine, theme.panel);
        row("fine-own", theme.fine, theme.ownWash);
        row("off", theme.off, theme.background);
        row("off-on-panel", theme.off, theme.panel);
        row("off-own", theme.off, theme.ownWash);
        row("contradiction", theme.contradiction, theme.background);
        row("contradiction-on-its-wash", theme.contradiction, theme.contradictionWash);
        row("contradiction-own", theme.contradiction, theme.ownWash);
    }
}

void tst_Theme::textsAreReadable()
{
    QFETCH(QColor, color);
    QFETCH(QColor, background);
    const double ratio = contrastRatio(color, background);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void tst_Theme::authorsAreReadable()
{
    for (const Theme &theme : {Theme::light(), Theme::darkTheme()}) {
        for (int i = 0; i < 500; ++i) {
            const QColor color = theme.authorColor(u"u%1"_s.arg(i));
            QVERIFY(contrastRatio(color, theme.background) >= 4.5);
        }
        QCOMPARE(theme.authorColor(u"u7"_s), theme.authorColor(u"u7"_s));
    }
}

// The test vectors of XEP-0392 (full saturation, lightness 50).
void tst_Theme::consistentColors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("hue");
    QTest::addColumn<QColor>("color");
    const auto rgb = [](double r, double g, double b) {
        return QColor::fromRgbF(static_cast<float>(r), static_cast<float>(g), static_cast<float>(b));
    };
    QTest::newRow("Romeo") << u"Romeo"_s << 327.255249 << rgb(0.865, 0.000, 0.686);
    QTest::newRow("juliet") << u"juliet@capulet.lit"_s << 209.410400 << rgb(0.000, 0.515, 0.573);
    QTest::newRow("emoji") << u"\U0001F63A"_s << 331.199341 << rgb(0.872, 0.000, 0.659);
    QTest::newRow("council") << u"council"_s << 359.994507 << rgb(0.918, 0.000, 0.394);
}

void tst_Theme::consistentColors()
{
    QFETCH(QString, name);
    QFETCH(double, hue);
    QFETCH(QColor, color);
    QVERIFY(qAbs(consistentHue(name) - hue) < 0.0001);
    const QColor made = colorFromHsluv(hue, 100, 50);
    QVERIFY2(qAbs(made.redF() - color.redF()) < 0.002F && qAbs(made.greenF() - color.greenF()) < 0.002F &&
                 qAbs(made.blueF() - color.blueF()) < 0.002F,
             qPrintable(made.name()));
}

void tst_Theme::knownContrasts()
{
    QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21.0) < 0.001);
    QVERIFY(qAbs(contrastRatio(Qt::white, Qt::white) - 1.0) < 0.001);
    QVERIFY(qAbs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void tst_Theme::followsThePalette()
{
    QCOMPARE(Theme::forPalette(QPalette(QColor(0x20, 0x20, 0x20))), Theme::darkTheme());
    QCOMPARE(Theme::forPalette(QPalette(QColor(0xf0, 0xf0, 0xf0))), Theme::light());
    QCOMPARE(Theme::forPalette(Theme::darkTheme().palette()), Theme::darkTheme());
    QCOMPARE(Theme::forPalette(Theme::light().palette()), Theme::light());
}

void tst_Theme::digitsTakeTheSameRoom()
{
    for (const int weight : {QFont::Normal, QFont::DemiBold}) {
        const TabularFont font(interfaceFont(22, weight));
        QVERIFY(font.width(u"14:03:28"_s) > 0);
        QCOMPARE(font.width(u"11:11:11.111"_s), font.width(u"20:48:00.958"_s));
    }
}

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
