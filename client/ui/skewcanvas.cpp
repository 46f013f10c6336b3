// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/skewcanvas.h"

#include "client/ui/skewtablemodel.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <qcustomplot.h>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int ReachPixels = 28; ///< how near the pointer must be to a curve
constexpr int TickPixels = 34;  ///< between two words of the vertical axis
/// Shown curves: more are drawn thin, and with a band for the own clock alone, for speed and for the eye.
constexpr qsizetype Many = 24;
constexpr double Overhang = 0.04;
constexpr int BandAlpha = 28;
constexpr double CursorSteps = 60.0; ///< from one side to the other

/// The three graphs of one curve.
struct CurveGraphs
{
    QCPGraph *lower = nullptr;
    QCPGraph *upper = nullptr;
    QCPGraph *middle = nullptr;
};

} // namespace

struct SkewCanvas::Private
{
    explicit Private(SkewCanvas *owner);

    void dressAxes();
    CurveGraphs graphsOf(const QString &key);
    void forgetGraphs(const QStringList &keys);
    void drawCurve(const SkewCurve &curve);
    void setTicks();
    void pointAt(double secondsAgo, double height, double reach);
    void unpoint();
    void moveCursor(int steps);

    SkewCanvas *q;
    QCustomPlot *plot;
    QCPItemStraightLine *cursor;
    QCPItemTracer *dot;
    QSharedPointer<QCPAxisTickerText> timeTicks{new QCPAxisTickerText};
    QSharedPointer<QCPAxisTickerText> skewTicks{new QCPAxisTickerText};
    QHash<QString, CurveGraphs> graphs;
    SkewPicture picture;
    SkewScale scale;
    bool many = false;
    Look look;
    std::optional<double> cursorAgo; ///< of the arrow keys, in seconds
};

SkewCanvas::Private::Private(SkewCanvas *owner)
    : q(owner)
    , plot(new QCustomPlot(owner))
    , cursor(new QCPItemStraightLine(plot))
    , dot(new QCPItemTracer(plot))
{
    plot->setObjectName(u"skewPlot"_s);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMouseTracking(true);
    plot->setNotAntialiasedElement(QCP::aeFills);
    plot->setPlottingHint(QCP::phFastPolylines);
    plot->addLayer(u"bands"_s, plot->layer(u"main"_s), QCustomPlot::limBelow);
    plot->xAxis->setTicker(timeTicks);
    plot->yAxis->setTicker(skewTicks);
    plot->yAxis->setRange(-Overhang, 1.0 + Overhang);
    for (QCPAbstractItem *item : std::initializer_list<QCPAbstractItem *>{cursor, dot}) {
        item->setLayer(u"overlay"_s);
        item->setVisible(false);
    }
    dot->setStyle(QCPItemTracer::tsCircle);
    dot->setSize(8);
}

void SkewCanvas::Private::dressAxes()
{
    const Theme &theme = look.theme;
    plot->setBackground(QBrush(theme.background));
    for (QCPAxis *axis : {plot->xAxis, plot->yAxis}) {
        axis->setBasePen(QPen(theme.hairline));
        axis->setTickPen(QPen(theme.hairline));
        axis->setSubTicks(false);
        axis->setTickLength(0, 3);
        axis->setTickLabelColor(theme.muted);
        axis->setTickLabelFont(look.font(8.5));
        axis->grid()->setPen(QPen(theme.hairline));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    cursor->setPen(QPen(theme.muted, 1, Qt::DotLine));
}

CurveGraphs SkewCanvas::Private::graphsOf(const QString &key)
{
    CurveGraphs &known = graphs[key];
    if (known.middle)
        return known;
    for (QCPGraph **graph : {&known.lower, &known.upper, &known.middle}) {
        *graph = plot->addGraph();
        (*graph)->setLineStyle(QCPGraph::lsStepLeft);
        (*graph)->setPen(Qt::NoPen);
        (*graph)->setLayer(graph == &known.middle ? u"main"_s : u"bands"_s);
    }
    known.upper->setChannelFillGraph(known.lower);
    return known;
}

void SkewCanvas::Private::forgetGraphs(const QStringList &keys)
{
    for (auto known = graphs.begin(); known != graphs.end();) {
        if (keys.contains(known.key())) {
            ++known;
            continue;
        }
        for (QCPGraph *graph : {known->upper, known->lower, known->middle})
            plot->removeGraph(graph);
        known = graphs.erase(known);
    }
}

void SkewCanvas::Private::drawCurve(const SkewCurve &curve)
{
    const CurveGraphs drawn = graphsOf(curve.subject.key);
    for (QCPGraph *graph : {drawn.lower, drawn.upper, drawn.middle})
        graph->setVisible(curve.shown);
    if (!curve.shown)
        return;
    const CurveLine line = picture.line(curve, scale);
    drawn.lower->setData(line.x, line.lower, true);
    drawn.upper->setData(line.x, line.upper, true);
    drawn.middle->setData(line.x, line.middle, true);
    QColor color = curveColor(look.theme, curve.subject);
    const bool own = curve.subject.kind == ClockSubject::Kind::Own;
    const bool source = curve.subject.kind == ClockSubject::Kind::Source;
    const QPen pen(color,
                   own    ? 2.0
                   : many ? 1.0
                          : 1.4,
                   source && !many ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap);
    drawn.middle->setAntialiased(!many);
    drawn.upper->setVisible(own || !many);
    drawn.middle->setPen(pen);
    color.setAlpha(BandAlpha);
    drawn.upper->setBrush(color);
}

void SkewCanvas::Private::setTicks()
{
    timeTicks->clear();
    const auto moments = picture.timeTicks();
    for (const auto &[place, words] : moments)
        timeTicks->addTick(place, words);
    skewTicks->clear();
    const int most = std::max(3, plot->height() / look.grid(TickPixels));
    double last = -1.0;
    const QList<WireMicros> skews = scale.ticks(most);
    for (const WireMicros skew : skews) {
        const double place = scale.at(skew);
        // Near zero the decades come close to each other, but zero itself is always there.
        const bool crowded = (place - last) * plot->height() < look.grid(TickPixels) / 2.0;
        if (crowded && skew != 0)
            continue;
        skewTicks->addTick(place, NumberScale::label(skew));
        last = place;
    }
}

void SkewCanvas::Private::pointAt(double secondsAgo, double height, double reach)
{
    const SkewHit hit = picture.hit(secondsAgo, height, reach, scale);
    cursor->point1->setCoords(-secondsAgo, 0.0);
    cursor->point2->setCoords(-secondsAgo, 1.0);
    cursor->setVisible(true);
    dot->setVisible(hit.curve >= 0);
    if (hit.curve >= 0) {
        const QColor color = curveColor(look.theme, picture.curves.at(hit.curve).subject);
        dot->setPen(QPen(color, 2));
        dot->setBrush(look.theme.background);
        dot->position->setCoords(-secondsAgo, scale.at(*hit.point.skew));
    }
    plot->layer(u"overlay"_s)->replot();
    Q_EMIT q->pointedAt(picture.sentence(hit, secondsAgo));
}

void SkewCanvas::Private::unpoint()
{
    cursorAgo.reset();
    if (!cursor->visible())
        return;
    cursor->setVisible(false);
    dot->setVisible(false);
    plot->layer(u"overlay"_s)->replot();
    Q_EMIT q->pointedAt({});
}

void SkewCanvas::Private::moveCursor(int steps)
{
    const double span = std::chrono::duration<double>(picture.span).count();
    cursorAgo = std::clamp(cursorAgo.value_or(0.0) - steps * span / CursorSteps, 0.0, span);
    pointAt(*cursorAgo, 1.0, 2.0); // the uppermost curve
}

SkewCanvas::SkewCanvas(QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setObjectName(u"skewCanvas"_s);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(220, 120);
    setAccessibleName(tr("Skews over time"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(d->plot);
    d->plot->installEventFilter(this);
    d->dressAxes();
}

SkewCanvas::~SkewCanvas() = default;

bool SkewCanvas::canDraw()
{
    return true;
}

void SkewCanvas::setLook(const Look &look)
{
    d->look = look;
    d->dressAxes();
    draw(d->picture);
}

void SkewCanvas::draw(const SkewPicture &picture)
{
    d->picture = picture;
    d->scale = picture.scale();
    d->many = std::count_if(picture.curves.begin(), picture.curves.end(),
                            [](const SkewCurve &curve) { return curve.shown; }) > Many;
    QStringList keys;
    for (const SkewCurve &curve : picture.curves)
        keys.append(curve.subject.key);
    d->forgetGraphs(keys);
    for (const SkewCurve &curve : picture.curves)
        d->drawCurve(curve);
    d->plot->xAxis->setRange(-std::chrono::duration<double>(picture.span).count(), 0.0);
    d->setTicks();
    if (d->cursorAgo)
        d->moveCursor(0);
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

bool SkewCanvas::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == d->plot && event->type() == QEvent::MouseMove) {
        const QPointF at = static_cast<QMouseEvent *>(event)->position();
        const double height = d->plot->yAxis->pixelToCoord(at.y());
        const double reach = d->plot->yAxis->pixelToCoord(at.y() - ReachPixels) - height;
        d->cursorAgo.reset();
        d->pointAt(-d->plot->xAxis->pixelToCoord(at.x()), height, reach);
    }
    if (watched == d->plot && event->type() == QEvent::Leave)
        d->unpoint();
    if (watched == d->plot && event->type() == QEvent::Resize)
        d->setTicks();
    return QWidget::eventFilter(watched, event);
}

void SkewCanvas::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        d->moveCursor(event->key() == Qt::Key_Left ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

void SkewCanvas::focusOutEvent(QFocusEvent *event)
{
    d->unpoint();
    QWidget::focusOutEvent(event);
}

} // namespace Synchat
