// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/clockstriptext.h"
#include "client/ui/look.h"
#include "client/ui/secondticker.h"

#include <QFrame>
#include <QPointer>

class QLabel;

namespace Synchat {

class ClockFace;

/// The face of the product: the live clock, and beside it in words what it is worth. In a narrow window the
/// facts go one after the other, the skew last, and one sentence under the clock takes their place. Shows
/// what a ClockProbe knows; measures nothing.
class ClockStrip : public QFrame
{
    Q_OBJECT
public:
    explicit ClockStrip(const Clock &clock, QWidget *parent = nullptr);

    /// Null: nothing is measured.
    void setProbe(ClockProbe *probe);
    void setLook(const Look &look);
    void setTimeZone(const QTimeZone &zone);
    /// Ticks only from here on (after the first paint).
    void start();

    const ClockStripWords &words() const { return m_words; }

Q_SIGNALS:
    void detailsRequested();
    void ticked(); ///< after the words are up to date

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Fact
    {
        QWidget *box = nullptr;
        QLabel *caption = nullptr;
        QLabel *value = nullptr;
    };
    Fact makeFact(const QString &name);
    void refresh();
    void show(const Fact &fact, const ClockFact &words, const QColor &color, const QString &glyph);
    void arrange();

    const Clock &m_clock;
    QPointer<ClockProbe> m_probe;
    Look m_look;
    QTimeZone m_zone;
    SecondTicker m_ticker;
    ClockStripWords m_words;
    ClockFace *m_face = nullptr;
    QLabel *m_place = nullptr;
    QLabel *m_note = nullptr;
    Fact m_reference;
    Fact m_skew;
    Fact m_path;
};

} // namespace Synchat
