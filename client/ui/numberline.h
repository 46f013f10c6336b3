// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/messagedetails.h"

#include <QWidget>

namespace Synchat {

/// Maps differences to the reference onto pixels: linear near zero, logarithmic far away, so that one clock
/// that is seconds off does not squeeze the others into one pixel. Pure.
class NumberScale
{
public:
    /// `smallest`: a difference that is to be seen well. The range always holds zero.
    NumberScale(WireMicros lo, WireMicros hi, WireMicros smallest);
    /// From 0 to 1.
    double at(WireMicros value) const;
    /// Zero and some decades that lie inside, ascending, not more than `most`.
    QList<WireMicros> ticks(int most) const;
    /// `+10 s`, `−1 min`, `0`.
    static QString label(WireMicros tick);

private:
    double bent(WireMicros value) const;

    WireMicros m_lo;
    WireMicros m_hi;
    double m_unit;
};

/// The readings of one message as bars with their bounds on one number line, the overlap shaded. Zero is the
/// reference. The same is said as text to screen readers.
class NumberLine : public QWidget
{
    Q_OBJECT
public:
    explicit NumberLine(QWidget *parent = nullptr);

    void setDetails(const MessageDetails &details);
    /// Any readings on one line; `overlap` is shaded.
    void setReadings(const QList<ReadingDetail> &readings, const std::optional<DetailOverlap> &overlap);
    void setLook(const Look &look);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int labelWidth() const;
    int rowHeight() const;
    void paintAxis(QPainter &painter, const NumberScale &scale, const QRect &area) const;
    void paintReading(QPainter &painter, const NumberScale &scale, const QRect &row,
                      const ReadingDetail &reading) const;

    QList<ReadingDetail> m_readings;
    std::optional<DetailOverlap> m_overlap;
    Look m_look;
};

} // namespace Synchat
