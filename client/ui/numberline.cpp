// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/numberline.h"

#include "client/ui/view/markpainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

/// One and ten of each unit that people use, ascending: 100 s would read as 1 min 40 s.
QList<WireMicros> roundLengths()
{
    constexpr WireMicros Second = 1'000'000;
    constexpr WireMicros Minute = 60 * Second;
    constexpr WireMicros Hour = 60 * Minute;
    constexpr WireMicros Day = 24 * Hour;
    QList<WireMicros> lengths;
    for (WireMicros length = 1; length <= 10 * Second; length *= 10)
        lengths.append(length);
    lengths << Minute << 10 * Minute << Hour << 10 * Hour;
    for (WireMicros length = Day; length < std::numeric_limits<WireMicros>::max() / 10; length *= 10)
        lengths.append(length);
    return lengths;
}

} // namespace

NumberScale::NumberScale(WireMicros lo, WireMicros hi, WireMicros smallest)
    : m_lo(std::min<WireMicros>(lo, 0))
    , m_hi(std::max<WireMicros>(hi, 0))
    , m_unit(static_cast<double>(std::max<WireMicros>(smallest, 1)))
{
    if (m_lo == m_hi) {
        m_lo = -1;
        m_hi = 1;
    }
}

double NumberScale::bent(WireMicros value) const
{
    return std::asinh(static_cast<double>(value) / m_unit);
}

double NumberScale::at(WireMicros value) const
{
    const double lo = bent(m_lo);
    const double hi = bent(m_hi);
    return std::clamp((bent(value) - lo) / (hi - lo), 0.0, 1.0);
}

QList<WireMicros> NumberScale::ticks(int most) const
{
    QList<WireMicros> ticks{0};
    static const QList<WireMicros> lengths = roundLengths();
    for (auto length = lengths.rbegin(); length != lengths.rend(); ++length) {
        if (static_cast<double>(*length) < m_unit)
            break;
        for (const WireMicros tick : {*length, -*length}) {
            if (tick >= m_lo && tick <= m_hi && ticks.size() < most)
                ticks.append(tick);
        }
    }
    std::sort(ticks.begin(), ticks.end());
    return ticks;
}

QString NumberScale::label(WireMicros tick)
{
    QString label = tick == 0 ? u"0"_s : StampText::skew(tick);
    return label.replace(u".00 "_s, u" "_s).replace(u".0 "_s, u" "_s);
}

NumberLine::NumberLine(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
}

void NumberLine::setDetails(const MessageDetails &details)
{
    setReadings(details.readings(), details.overlap());
    if (!m_overlap)
        return;
    setAccessibleDescription(accessibleDescription() + u' ' +
                             tr("The sources overlap from %1 to %2.")
                                 .arg(StampText::skew(m_overlap->lo), StampText::skew(m_overlap->hi)));
    setToolTip(accessibleDescription());
}

void NumberLine::setReadings(const QList<ReadingDetail> &readings,
                             const std::optional<DetailOverlap> &overlap)
{
    m_readings = readings;
    m_overlap = overlap;
    QStringList sentences;
    for (const ReadingDetail &reading : std::as_const(m_readings)) {
        if (reading.position)
            sentences.append(
                tr("%1: %2 %3.")
                    .arg(reading.source, StampText::skewInWords(*reading.position), reading.bound));
        else
            sentences.append(tr("%1: %2.").arg(reading.source, markWord(reading.mark)));
    }
    setAccessibleName(tr("The readings on one line"));
    setAccessibleDescription(sentences.join(u' '));
    setToolTip(accessibleDescription());
    updateGeometry();
    update();
}

void NumberLine::setLook(const Look &look)
{
    m_look = look;
    setFont(look.font(9));
    updateGeometry();
    update();
}

int NumberLine::labelWidth() const
{
    int width = 0;
    for (const ReadingDetail &reading : m_readings)
        width = std::max(width, fontMetrics().horizontalAdvance(reading.source));
    return std::min(width, 240) + 24;
}

int NumberLine::rowHeight() const
{
    return (fontMetrics().height() + 11) / 4 * 4;
}

QSize NumberLine::sizeHint() const
{
    return {560, rowHeight() * (static_cast<int>(m_readings.size()) + 1) + 8};
}

QSize NumberLine::minimumSizeHint() const
{
    return {280, sizeHint().height()};
}

void NumberLine::paintEvent(QPaintEvent *)
{
    WireMicros lo = 0;
    WireMicros hi = 0;
    WireMicros smallest = 0;
    for (const ReadingDetail &reading : std::as_const(m_readings)) {
        if (!reading.position)
            continue;
        const WireMicros half = reading.halfWidth.value_or(0);
        lo = std::min(lo, *reading.position - half);
        hi = std::max(hi, *reading.position + half);
        if (half > 0)
            smallest = smallest == 0 ? half : std::min(smallest, half);
    }
    const NumberScale scale(lo, hi, smallest);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect area(labelWidth(), 0, width() - labelWidth() - 36, height());
    const int rowsHeight = rowHeight() * static_cast<int>(m_readings.size());
    if (m_overlap) {
        QColor shade = m_look.theme.fine;
        shade.setAlphaF(0.16F);
        const double left = area.left() + scale.at(m_overlap->lo) * area.width();
        const double right = area.left() + scale.at(m_overlap->hi) * area.width();
        painter.fillRect(QRectF(left, 0, std::max(2.0, right - left), rowsHeight), shade);
    }
    paintAxis(painter, scale, area);
    for (qsizetype i = 0; i < m_readings.size(); ++i)
        paintReading(painter, scale,
                     QRect(area.left(), static_cast<int>(i) * rowHeight(), area.width(), rowHeight()),
                     m_readings.at(i));
    if (hasFocus()) {
        painter.setPen(m_look.theme.accent);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void NumberLine::paintAxis(QPainter &painter, const NumberScale &scale, const QRect &area) const
{
    const int y = rowHeight() * static_cast<int>(m_readings.size());
    painter.setPen(m_look.theme.hairline);
    painter.drawLine(area.left(), y, area.right(), y);
    int freeFrom = -1;
    for (const WireMicros tick : scale.ticks(9)) {
        const int x = area.left() + static_cast<int>(std::lround(scale.at(tick) * area.width()));
        painter.setPen(tick == 0 ? m_look.theme.muted : m_look.theme.hairline);
        painter.drawLine(x, 0, x, y + 4);
        const QString label = NumberScale::label(tick);
        const int half = fontMetrics().horizontalAdvance(label) / 2;
        if (x - half <= freeFrom)
            continue;
        painter.setPen(m_look.theme.muted);
        painter.drawText(QRect(x - half - 2, y + 4, half * 2 + 4, fontMetrics().height()), Qt::AlignCenter,
                         label);
        freeFrom = x + half + 8;
    }
}

void NumberLine::paintReading(QPainter &painter, const NumberScale &scale, const QRect &row,
                              const ReadingDetail &reading) const
{
    const QRect label(0, row.top(), row.left() - 16, row.height());
    painter.setPen(m_look.theme.text);
    painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(reading.source, Qt::ElideRight, label.width()));
    const QColor color = m_look.theme.markColor(reading.mark);
    if (!reading.position) {
        painter.setPen(m_look.theme.muted);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
                         QString(markGlyph(reading.mark)) + u' ' + reading.state);
        return;
    }
    const double middle = row.left() + scale.at(*reading.position) * row.width();
    const double y = row.center().y() + 0.5;
    if (reading.halfWidth) {
        const double left = row.left() + scale.at(*reading.position - *reading.halfWidth) * row.width();
        const double right = row.left() + scale.at(*reading.position + *reading.halfWidth) * row.width();
        QColor bar = color;
        bar.setAlphaF(0.45F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(bar);
        painter.drawRoundedRect(QRectF(left, y - 4, std::max(3.0, right - left), 8), 3, 3);
    }
    const double box = fontMetrics().ascent();
    paintMark(painter, QRectF(middle - box / 2, y - box / 2, box, box), reading.mark, color);
}

} // namespace Synchat
