// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/documentstore.h"

#include <QUrl>

namespace Synchat {

// The addresses that a bridge is asked at.

/// `path` (already percent-encoded) below the collection.
QUrl below(const QUrl &collection, const QString &path);
/// Whether the collection is there, for one document's id.
QUrl probeUrl(const QUrl &collection);
QUrl upsertUrl(const QUrl &collection);
QUrl findUrl(const QUrl &collection, const DocumentQuery &query);
/// All documents, ascending by `_id`, `limit` of them after the id `after`.
QUrl walkUrl(const QUrl &collection, const QString &after, int limit);
/// As 9.x counts, and as 3.2 does.
QUrl sizeUrl(const QUrl &collection, const QString &room, const QString &epoch);
QUrl countUrl(const QUrl &collection, const QString &room, const QString &epoch);

} // namespace Synchat
