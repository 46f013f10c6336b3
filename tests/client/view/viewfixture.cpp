// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewfixture.h"

#include "samplerows.h"

#include <QTest>

namespace Synchat::Sample {

ViewFixture::ViewFixture(QSize size)
{
    view.setTimeZone(zone());
    view.setOwnUserId(QStringLiteral("u-kim"));
    view.setModel(&model);
    view.resize(size);
    view.show();
    QCoreApplication::processEvents();
}

std::unique_ptr<RowLayout> ViewFixture::layout(int row) const
{
    const ContentContext context{{zone(), 0, QStringLiteral("u-kim")}, view.density()};
    return std::make_unique<RowLayout>(
        RowContentWriter::write(RowSurroundings::of(model, row), model.row(row), context),
        RowMetrics(view.viewport()->width(), 1.0, view.density()));
}

QPoint ViewFixture::textPoint(int row, int offset) const
{
    const auto laidOut = layout(row);
    const QTextLine line = laidOut->text().lineForTextPosition(offset);
    const QPointF inRow = laidOut->textOrigin + QPointF(line.cursorToX(offset), line.rect().center().y());
    return view.rowRect(row).topLeft() + QPoint(qRound(inRow.x()), qRound(inRow.y()));
}

QPoint ViewFixture::hotPoint(int row, RowAction action) const
{
    const auto laidOut = layout(row);
    for (const RowLayout::Hot &hot : laidOut->hots) {
        if (hot.action == action)
            return view.rowRect(row).topLeft() + hot.rect.center().toPoint();
    }
    return {};
}

} // namespace Synchat::Sample
