// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/view/consistentcolor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

// HSLuv (hsluv.org, revision 4): CIE LCHuv with the chroma stretched, so that 100 % is the most colourful
// that sRGB can show at this lightness and hue.

namespace Synchat {

namespace {

using Vector = std::array<double, 3>;

// XYZ (D65) to linear sRGB.
constexpr std::array<Vector, 3> ToRgb{{{3.240969941904521, -1.537383177570093, -0.498610760293},
                                       {-0.96924363628087, 1.87596750150772, 0.041555057407175},
                                       {0.055630079696993, -0.20397695888897, 1.056971514242878}}};
constexpr double WhiteU = 0.19783000664283;
constexpr double WhiteV = 0.46831999493879;
constexpr double Kappa = 903.2962962;
constexpr double Epsilon = 0.0088564516;
constexpr double DefaultLightness = 50.0;

double mostChroma(double lightness, double hue)
{
    const double angle = hue / 180.0 * std::numbers::pi;
    const double sub1 = std::pow(lightness + 16.0, 3) / 1560896.0;
    const double sub2 = sub1 > Epsilon ? sub1 : lightness / Kappa;
    double least = 1e9;
    for (const Vector &m : ToRgb) {
        for (const double t : {0.0, 1.0}) {
            const double top1 = (284517.0 * m[0] - 94839.0 * m[2]) * sub2;
            const double top2 = (838422.0 * m[2] + 769860.0 * m[1] + 731718.0 * m[0]) * lightness * sub2 -
                                769860.0 * t * lightness;
            const double bottom = (632260.0 * m[2] - 126452.0 * m[1]) * sub2 + 126452.0 * t;
            const double slope = top1 / bottom;
            const double intercept = top2 / bottom;
            const double length = intercept / (std::sin(angle) - slope * std::cos(angle));
            if (length >= 0.0)
                least = std::min(least, length);
        }
    }
    return least;
}

Vector xyzFromLuv(double lightness, double u, double v)
{
    if (lightness <= 0.0)
        return {0.0, 0.0, 0.0};
    const double varU = u / (13.0 * lightness) + WhiteU;
    const double varV = v / (13.0 * lightness) + WhiteV;
    const double y = lightness > 8.0 ? std::pow((lightness + 16.0) / 116.0, 3) : lightness / Kappa;
    const double x = -(9.0 * y * varU) / ((varU - 4.0) * varV - varU * varV);
    const double z = (9.0 * y - 15.0 * varV * y - varV * x) / (3.0 * varV);
    return {x, y, z};
}

float gammaEncoded(double linear)
{
    const double clamped = std::clamp(linear, 0.0, 1.0);
    const double encoded =
        clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * std::pow(clamped, 1.0 / 2.4) - 0.055;
    return static_cast<float>(std::clamp(encoded, 0.0, 1.0));
}

double luminance(const QColor &color)
{
    const auto linear = [](float channel) {
        const double c = static_cast<double>(channel);
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

QColor colorFromHsluv(double hue, double saturation, double lightness)
{
    if (lightness >= 99.99)
        return QColor(Qt::white);
    if (lightness <= 0.01)
        return QColor(Qt::black);
    const double chroma = mostChroma(lightness, hue) / 100.0 * saturation;
    const double angle = hue / 180.0 * std::numbers::pi;
    const Vector xyz = xyzFromLuv(lightness, std::cos(angle) * chroma, std::sin(angle) * chroma);
    std::array<float, 3> rgb{};
    for (std::size_t i = 0; i < 3; ++i)
        rgb[i] = gammaEncoded(ToRgb[i][0] * xyz[0] + ToRgb[i][1] * xyz[1] + ToRgb[i][2] * xyz[2]);
    return QColor::fromRgbF(rgb[0], rgb[1], rgb[2]);
}

double contrastRatio(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor readableColor(double hue, double saturation, const QColor &background, double ratio)
{
    const double step = luminance(background) > 0.18 ? -1.0 : 1.0;
    for (double lightness = DefaultLightness; lightness > 0.0 && lightness < 100.0; lightness += step) {
        // Rounded to the eight bits that the screen shows: the promise is about those.
        const QColor color = QColor::fromRgb(colorFromHsluv(hue, saturation, lightness).rgb());
        if (contrastRatio(color, background) >= ratio)
            return color;
    }
    return step < 0.0 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace Synchat
